// The key / leads to the search box, Escape closes what was found.

const BOX = ".st-key-frame_search input"
const CLOSE = ".st-key-search_close button"
const isTyping = (element) => element.closest("input, textarea, select, [contenteditable=true], [role=dialog]") !== null

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const target = event.target instanceof Element ? event.target : document.body
  if (event.key === "/" && !isTyping(target)) {
    const box = document.querySelector(BOX)
    if (!box) return
    event.preventDefault()
    box.focus()
    box.select()
    box.scrollIntoView({ block: "nearest" })
  } else if (event.key === "Escape" && target.closest(".st-key-frame_search")) {
    document.querySelector(CLOSE)?.click()
  }
}

export default function () {
  document.addEventListener("keydown", onKey)
  return () => document.removeEventListener("keydown", onKey)
}
