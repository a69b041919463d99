// When values rise first, for the tier of the file that includes this behind kernels.h's vectors.

#define NOTE_RISES_(tier) vm_note_rises_##tier
#define NOTE_RISES(tier) NOTE_RISES_(tier)

void NOTE_RISES(VM_SLEEF_TIER)(
    const double *values, double *before, double *rises, double tick, size_t lanes) {
  for (size_t lane = 0; lane < lanes; lane += VM_WIDTH) {
    vector value = *(const stored_vector *)(values + lane);
    vector rise = *(stored_vector *)(rises + lane);
    mask is_first = (value > *(stored_vector *)(before + lane)) & (rise == 0);
    *(stored_vector *)(rises + lane) = choose(is_first, VECTOR(tick), rise);
    *(stored_vector *)(before + lane) = value;
  }
}
