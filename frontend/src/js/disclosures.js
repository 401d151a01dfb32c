// A link to something inside a closed disclosure opens it.
export function disclosures() {
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    for (let part = target; part; part = part.parentElement) if (part.localName === "details") part.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();
}
