// Lift a veil in its place: <form data-veil="id" method=post> asks the server, which records it, and only then is the
// picture loaded (data-src). Without this script the form opens the picture on a page of its own.
async function lift(form) {
  const veil = document.getElementById(form.dataset.veil);
  const answer = await fetch(form.action, {
    method: "POST",
    credentials: "same-origin",
    body: new FormData(form),
    headers: { "X-Requested-With": "veil" },
  });
  if (!veil?.dataset.src || !answer.ok) return form.submit();
  const picture = document.createElement("img");
  picture.alt = veil.dataset.alt || "";
  picture.src = veil.dataset.src;
  veil.append(picture);
  veil.classList.add("lifted");
  form.hidden = true;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-veil]")) return;
  event.preventDefault();
  lift(event.target).catch(() => event.target.submit());
});

// Nobody should come back to an open picture: it is veiled again when the page is left, or by Escape.
function lower() {
  for (const veil of document.querySelectorAll(".veil.lifted")) {
    veil.classList.remove("lifted");
    for (const picture of veil.querySelectorAll("img")) picture.remove();
  }
  for (const form of document.querySelectorAll("form[data-veil][hidden]")) form.hidden = false;
}
document.addEventListener("visibilitychange", () => { if (document.hidden) lower(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") lower(); });
