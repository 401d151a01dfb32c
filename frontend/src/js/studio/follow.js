// What shows what a form says is drawn anew after each save, from the page it stands on: one request at a time. When one
// fails, what is there stays.
async function fetchPage() {
  try {
    const response = await fetch(location.href, { redirect: "error" });
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}

function redraw(part, fresh) {
  if (!fresh || part.isEqualNode(fresh)) return;
  part.replaceChildren(...fresh.childNodes);
}

function watch(anchor, parts) {
  let isDrawing = false;
  let isStale = false;

  async function draw() {
    isStale = true;
    if (isDrawing) return;
    isDrawing = true;
    while (isStale) {
      isStale = false;
      const page = await fetchPage();
      for (const part of page ? parts : []) {
        // What somebody reads with the keyboard is not taken from under them.
        if (part.contains(document.activeElement)) part.addEventListener("focusout", draw, { once: true });
        else redraw(part, page.getElementById(part.id));
      }
    }
    isDrawing = false;
  }

  document.getElementById(anchor).addEventListener("part-saved", draw);
}

export function follow() {
  const followers = [...document.querySelectorAll("[data-follows]")];
  const anchors = new Set(followers.map((part) => part.dataset.follows));
  for (const anchor of anchors) watch(anchor, followers.filter((part) => part.dataset.follows === anchor));
}
