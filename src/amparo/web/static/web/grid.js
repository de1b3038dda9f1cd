// Grids of fields: Enter and the arrow keys go down and up in a column. Without this, Tab does it all.
const DOWN = new Set(["Enter", "ArrowDown"]);

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest(".grid-form td");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || (!DOWN.has(event.key) && event.key !== "ArrowUp")) return;
  const step = DOWN.has(event.key) ? "nextElementSibling" : "previousElementSibling";
  let line = cell.parentElement[step];
  while (line) {
    const next = line.cells[cell.cellIndex]?.querySelector("input:not(:disabled)");
    if (next) {
      next.focus();
      if (next.type !== "checkbox") next.select();
      event.preventDefault();
      return;
    }
    line = line[step];
  }
  if (event.key === "Enter" && event.target.type !== "checkbox") event.preventDefault();
});
