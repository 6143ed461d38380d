"use strict";
(() => {
  const sortBy = (table, index, button) => {
    const header = button.closest("th");
    const falling = header.getAttribute("aria-sort") !== "descending";
    for (const one of table.querySelectorAll("th[aria-sort]")) one.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const key = (row) => row.cells[index].dataset.sort;
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => {
      if (key(a) === "" || key(b) === "") return (key(a) === "") - (key(b) === "");
      return (falling ? -1 : 1) * (Number(key(a)) - Number(key(b)));
    });
    table.tBodies[0].append(...rows);
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    table.querySelectorAll("thead button").forEach((button, index) => {
      button.addEventListener("click", () => sortBy(table, index, button));
    });
  }
})();
