// Show a chosen theme at once; the form saves it with the account.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-theme-choice] input, input[data-theme-choice]")) return;
  const { value } = event.target;
  if (value === "light" || value === "dark") document.documentElement.dataset.theme = value;
  else delete document.documentElement.dataset.theme;
});
