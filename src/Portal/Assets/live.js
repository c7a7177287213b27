// Keeps an open page up to date. A stream says that something is new, and nothing more; then the page is read again, and its parts marked
// data-live-part take the place of the old ones. An answer read as a document runs no script, and the content security policy holds.
const RefreshPause = 1000;

const live = document.querySelector("[data-live]");
let stream = null;
let place = live?.dataset.liveAfter || null;
let refreshedAt = 0;
let waiting = 0;
let isOver = false;

function connect() {
  if (isOver || stream) return;
  stream = new EventSource(live.dataset.live + (place ? `?after=${place}` : ""));
  stream.addEventListener("ready", (event) => {
    // Without a place the page may have missed what came before the stream.
    if (!place) refresh();
    place = event.lastEventId;
    live.hidden = false;
    live.querySelector("[data-live-state]").textContent = live.dataset.liveText;
  });
  stream.addEventListener("notice", (event) => {
    place = event.lastEventId;
    refreshSoon();
  });
  stream.addEventListener("withdrawn", () => { end(); location.reload(); });
  stream.addEventListener("error", () => {
    live.hidden = true;
    if (stream?.readyState === EventSource.CLOSED) end(); // the session is over
  });
}

function disconnect() {
  stream?.close();
  stream = null;
}

function end() {
  isOver = true;
  disconnect();
}

function refreshSoon() {
  if (waiting) return;
  waiting = setTimeout(refresh, Math.max(100, refreshedAt + RefreshPause - Date.now()));
}

function refresh() {
  waiting = 0;
  refreshedAt = Date.now();
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname + location.search);
  request.setRequestHeader("X-Live", "1");
  request.responseType = "document";
  request.addEventListener("load", () => { if (request.status === 200 && request.response) show(request.response); });
  request.send();
}

function show(page) {
  let isNew = false;
  for (const old of document.querySelectorAll("[data-live-part]")) {
    const part = page.querySelector(`[data-live-part="${CSS.escape(old.dataset.livePart)}"]`);
    if (!part || part.textContent === old.textContent) continue;
    replace(old, document.importNode(part, true));
    isNew = true;
  }
  if (isNew) announce();
}

// Items keep their nodes, so that what is open stays open and the focus stays where it is.
function replace(old, part) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const known = new Map([...old.querySelectorAll("[data-key]")].map((item) => [item.dataset.key, item]));
  const items = [...part.querySelectorAll("[data-key]")];
  for (const item of items) {
    const same = known.get(item.dataset.key);
    if (!same) item.classList.add("fresh");
    else if (same.textContent === item.textContent) item.replaceWith(same);
    else item.classList.add("fresh");
  }
  if (items.length === 0) part.classList.add("fresh");
  old.replaceWith(part);
  if (focused?.isConnected) focused.focus({ preventScroll: true });
}

function announce() {
  const news = live.querySelector("[data-live-news]");
  news.textContent = "";
  setTimeout(() => { news.textContent = news.dataset.liveText; }, 50); // a text that stays the same is not read out
}

if (live) {
  connect();
  // A page in the background needs no stream. It continues where it stopped.
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
}
