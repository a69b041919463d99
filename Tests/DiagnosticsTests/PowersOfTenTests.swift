import Testing

@testable import Diagnostics

@Suite struct PowersOfTenTests {
  /// Calculated with Python's whole numbers.
  @Test(
    arguments: [
      (-292, 0xFF77_B1FC_BEBC_DC4F, 0x25E8_E89C_13BB_0F7A),
      (-291, 0x9FAA_CF3D_F736_09B1, 0x77B1_9161_8C54_E9AC),
      (-100, 0xDFF9_7724_7029_7EBD, 0x5978_7E2B_93BC_56F7),
      (-1, 0xCCCC_CCCC_CCCC_CCCC, 0xCCCC_CCCC_CCCC_CCCC),
      (0, 0x8000_0000_0000_0000, 0), (1, 0xA000_0000_0000_0000, 0),
      (27, 0xCECB_8F27_F420_0F3A, 0), (28, 0x813F_3978_F894_0984, 0x4000_0000_0000_0000),
      (55, 0xD0CF_4B50_CFE2_0765, 0xFFF4_B4E3_F741_CF6D),
      (56, 0x8281_8F12_81ED_449F, 0xBFF8_F10E_7A89_21A4),
      (100, 0x924D_692C_A61B_E758, 0x593C_2626_705F_9C56),
      (324, 0x9E19_DB92_B4E3_1BA9, 0x6C07_A2C2_6A83_46D1),
    ] as [(Int, UInt64, UInt64)])
  func bits(n: Int, high: UInt64, low: UInt64) {
    let power = PowersOfTen()[n]
    #expect(power.high == high)
    #expect(power.low == low)
  }
}
