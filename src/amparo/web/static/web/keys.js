// Keys for people who work here all day. A key is written where it acts: <a data-key="g t">, <button data-key="n">.
const PAUSE = 900; // milliseconds between the two keys of "g t"
let pressed = "";
let last = 0;

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function rows() {
  const all = [...document.querySelectorAll(".rows > li, main tbody > tr")];
  return all.filter((row) => row.querySelector("a, button") && row.checkVisibility());
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by))];
  const target = next.querySelector("a, button");
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}

function help() {
  const dialog = document.getElementById("keys-dialog");
  const list = document.querySelector("#keys-help .keys");
  if (!dialog || !list) return;
  dialog.firstElementChild.replaceChildren(list.cloneNode(true));
  dialog.showModal();
}

function act(keys) {
  if (keys === "/") {
    const find = document.getElementById("find");
    if (find) find.focus();
    return Boolean(find);
  }
  if (keys === "?") return help(), true;
  if (keys === "j" || keys === "k") return step(keys === "j" ? 1 : -1), true;
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === keys);
  if (target) target.click();
  return Boolean(target);
}

if (document.documentElement.dataset.keys !== "off") {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key.length !== 1 || document.querySelector("dialog[open]")) return;
    const both = event.timeStamp - last < PAUSE && pressed ? `${pressed} ${event.key}` : "";
    const done = (both && act(both)) || act(event.key);
    pressed = done ? "" : event.key;
    last = event.timeStamp;
    if (done) event.preventDefault();
  });
}
