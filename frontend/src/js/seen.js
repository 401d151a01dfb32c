const PAUSE = 5000;

// Tells the server the last block that was on screen, so that the next visit opens there.
export function seen() {
  const container = document.querySelector("[data-seen-url]");
  if (!container) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  let last;
  let told;
  let timer;

  const tell = () => {
    timer = clearTimeout(timer);
    if (!last || last === told) return;
    told = last;
    fetch(container.dataset.seenUrl, {
      method: "POST",
      body: new URLSearchParams({ block: last }),
      headers: { "X-CSRFToken": token },
      keepalive: true,
    }).catch(() => (told = undefined));
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) last = target.dataset.block;
      if (last !== told) timer ??= setTimeout(tell, PAUSE);
    },
    { rootMargin: "0px 0px -30%" },
  );
  for (const block of container.querySelectorAll("[data-block]")) observer.observe(block);
  addEventListener("pagehide", tell);
}
