// The body map. On drawings with data-map a press leads to the form of a new finding at that very point; without this
// script the links of its parts lead there, at the middle of the part. In [data-pick] a press or the arrow keys set the
// point of the finding, and a line that is drawn is kept with it.
const SPACE = "http://www.w3.org/2000/svg";
const DRAWN = 6;
const MOST = 60;

function pointOf(svg, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [Math.round(at.x * 10) / 10, Math.round(at.y * 10) / 10];
}

for (const svg of document.querySelectorAll("svg[data-map]")) {
  svg.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    // A key that presses a link has no place on the drawing: then the link itself is right.
    if (!link || !event.detail || link.querySelector(".pin")) return;
    event.preventDefault();
    const [x, y] = pointOf(svg, event);
    location.href = `${link.getAttribute("href")}&x=${x}&y=${y}`;
  });
}

function pick(box) {
  const form = box.closest("form");
  const svg = box.querySelector("svg");
  const { x, y, line, region } = form.elements;
  const regions = [...form.querySelectorAll("[data-region]")].map((item) => {
    const [left, top, width, height] = item.dataset.box.split(" ").map(Number);
    return { code: item.dataset.region, left, top, width, height };
  });
  const { x: left, y: top, width, height } = svg.viewBox.baseVal;
  const unit = width / 190;
  const make = (name, values) => {
    const made = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
    return made;
  };
  const stroke = make("polyline", { class: "stroke", points: line.value });
  const pin = make("circle", { class: "pin", stroke: "none", r: 7 * unit });
  svg.append(stroke, pin);
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", box.dataset.label);
  for (const hidden of form.querySelectorAll("[data-needs-script]")) hidden.hidden = false;

  const holds = (one, px, py) => px >= one.left && px <= one.left + one.width && py >= one.top && py <= one.top + one.height;
  function show() {
    pin.setAttribute("cx", x.value);
    pin.setAttribute("cy", y.value);
    stroke.setAttribute("points", line.value);
  }
  function put(px, py) {
    x.value = Math.min(left + width, Math.max(left, px)).toFixed(1);
    y.value = Math.min(top + height, Math.max(top, py)).toFixed(1);
    const found = regions.find((one) => holds(one, Number(x.value), Number(y.value)));
    if (found) region.value = found.code;
    show();
  }

  let drawn = null;
  svg.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    box.focus({ preventScroll: true });
    svg.setPointerCapture(event.pointerId);
    drawn = [pointOf(svg, event)];
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drawn) return;
    drawn.push(pointOf(svg, event));
    stroke.setAttribute("points", drawn.map((one) => one.join(",")).join(" "));
  });
  svg.addEventListener("pointerup", (event) => {
    if (!drawn) return;
    drawn.push(pointOf(svg, event));
    const [first] = drawn;
    const length = Math.max(...drawn.map(([px, py]) => Math.hypot(px - first[0], py - first[1])));
    if (length > DRAWN * unit) {
      const step = Math.max(1, Math.ceil(drawn.length / MOST));
      const kept = drawn.filter((_, place) => place % step === 0 || place === drawn.length - 1).slice(0, MOST);
      line.value = kept.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
      const middle = drawn[Math.floor(drawn.length / 2)];
      put(middle[0], middle[1]);
    } else put(...first);
    drawn = null;
  });
  svg.addEventListener("pointercancel", () => { drawn = null; show(); });
  box.addEventListener("keydown", (event) => {
    const far = event.shiftKey ? 10 : 2;
    const move = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] }[event.key];
    if (!move) return;
    event.preventDefault();
    put(Number(x.value) + move[0], Number(y.value) + move[1]);
  });
  region.addEventListener("change", () => {
    const found = regions.find((one) => one.code === region.value);
    if (!found) return;
    x.value = (found.left + found.width / 2).toFixed(1);
    y.value = (found.top + found.height / 2).toFixed(1);
    line.value = "";
    show();
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => { line.value = ""; show(); });
  show();
}

for (const box of document.querySelectorAll("[data-pick]")) pick(box);
