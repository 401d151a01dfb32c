// The certificate is being drawn: look until it is there, then show the page anew.
export function poll() {
  const waiting = document.querySelector("[data-poll]");
  if (!waiting) return;
  const every = Number(waiting.dataset.every || 2) * 1000;
  let looks = 0;
  const look = async () => {
    try {
      const response = await fetch(waiting.dataset.poll, { headers: { Accept: "application/json" } });
      if (response.ok && (await response.json()).ready) return location.reload();
    } catch {
      // Offline for a moment: the next look may succeed.
    }
    looks += 1;
    setTimeout(look, Math.min(every * 1.2 ** looks, 30000));
  };
  setTimeout(look, every);
}
