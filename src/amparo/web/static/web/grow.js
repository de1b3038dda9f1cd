// Let a textarea grow with its words, where the browser can't do it by itself (field-sizing: content).
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => {
    const least = Number(area.dataset.rows || (area.dataset.rows = area.rows));
    area.rows = least;
    while (area.scrollHeight > area.clientHeight && area.rows < 30) area.rows += 1;
  };
  for (const area of document.querySelectorAll("textarea")) grow(area);
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
}
