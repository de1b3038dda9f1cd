// Leave at once: blank the page, take its place in the history, and let the server end what was begun.
const way = document.getElementById("leave");
const gone = "left";
const KEYS = { Escape: [], Shift: [] };
const WITHIN_MS = 5000;

function go() {
  document.documentElement.dataset.state = gone;
  document.title = " ";
  document.body.replaceChildren();
  location.replace(way.href);
}

if (way) {
  way.title = way.dataset.keys;
  way.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  addEventListener("keydown", (event) => {
    const pressed = KEYS[event.key];
    if (!pressed || event.repeat) return;
    pressed.push(event.timeStamp);
    while (pressed.length && event.timeStamp - pressed[0] > WITHIN_MS) pressed.shift();
    if (pressed.length >= 3) go();
  });
  // Any other key between two presses means that somebody writes.
  addEventListener("keydown", (event) => {
    if (!KEYS[event.key]) for (const name in KEYS) KEYS[name].length = 0;
  });
}

// Back from the browser's memory of pages: ask the server anew, which knows nothing any more.
addEventListener("pageshow", (event) => {
  if (event.persisted || document.documentElement.dataset.state === gone) {
    document.body.replaceChildren();
    location.reload();
  }
});

// A second press of a button must not send a form twice; the server knows it as well.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 8000);
});

const wrong = document.querySelector("[data-error-summary]");
if (wrong) wrong.focus();
