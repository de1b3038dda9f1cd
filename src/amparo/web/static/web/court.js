// Court mode covers what other windows opened before it; they show again, with all that was typed, when it is left.
const root = document.documentElement;
const here = "court" in root.dataset;
const others = new BroadcastChannel("court");
others.addEventListener("message", ({ data }) => root.classList.toggle("covered", data && !here));
others.postMessage(here);
