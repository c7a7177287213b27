// Small additions to pages that work without them. Each is tied to an attribute.

// A button that copies the text of the element that it names.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

// Prints the page.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Who signs in next in this tab does not see what the person before has typed.
if (document.querySelector("[data-forget]")) sessionStorage.clear();
