"use strict";
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
// What a field of a table says, as a number; a word as itself.
function value(text) {
  if (text === "") return null;
  if (text === "·") return 0;
  const plain = text.replace(/−/g, "-").replace(/\u2009/g, "").replace("×10", "e")
    .replace(/^(-?)10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])/, "$11e").replace("⁻", "-").replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, d => raised.indexOf(d))
    .replace("∞", "Infinity");
  return isNaN(plain) ? text : Number(plain);
}
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  heads.forEach((head, column) => head.firstChild.addEventListener("click", () => {
    const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
    const rows = [...body.rows].map(row => [value(row.cells[column].textContent.trim()), row]);
    rows.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
      return sign * (a < b ? -1 : a > b ? 1 : 0);
    });
    body.append(...rows.map(row => row[1]));
  }));
}
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => { d.open = true; }));
