// Follows something that runs: reads the page again, and shows how far it is. When it has ended, the page is loaded again.
const Pause = 1500;

const progress = document.querySelector("[data-progress]");

function look() {
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname);
  request.setRequestHeader("X-Live", "1");
  request.responseType = "document";
  request.addEventListener("load", () => {
    const part = request.status === 200 ? request.response?.querySelector("[data-progress]") : null;
    if (!part) {
      location.assign(location.pathname); // it has ended, or the session is over: the page says which
      return;
    }
    for (const name of ["label", "progress"]) {
      const now = progress.querySelector(name);
      const then = part.querySelector(name);
      if (name === "progress") now.value = then.value;
      else now.textContent = then.textContent;
    }
    wait();
  });
  request.addEventListener("error", wait);
  request.send();
}

function wait() {
  setTimeout(look, Pause);
}

if (progress) {
  progress.querySelector("[data-progress-state]").textContent = progress.dataset.progress;
  wait();
}
