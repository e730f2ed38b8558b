// Keys and buttons of the workshop mode, and which step is seen. All steps are drawn already, out of sight: turning
// shows one at once, and the server lets the map fly, if there is one, and writes the step into the address.

const TURNS = {
  ArrowRight: (at) => at + 1, ArrowDown: (at) => at + 1, PageDown: (at) => at + 1, " ": (at) => at + 1,
  ArrowLeft: (at) => at - 1, ArrowUp: (at) => at - 1, PageUp: (at) => at - 1,
  Home: () => 1, End: (_, count) => count,
}
const ACTIONS = { f: "screen", n: "notes", Escape: "leave" }
// The longest wait for a step that is not drawn yet, in milliseconds: the one before stays in sight meanwhile. After it
// the step is shown as it is.
const RENDER_TIMEOUT_MS = 15000
// So long an answer to an earlier turn is passed over; quick turns go out as one absolute number, so none is lost.
const STALE_REPLY_MS = 5000

// Charts and map are drawn for a stage of 1280 by 720, times the scale that the window tells. A phone is no stage: it
// tells 0 and scrolls.
const fitting = () => Math.round(Math.min(innerWidth / 1280, innerHeight / 720) * 10) / 10
const scaleOf = () => (innerWidth <= 900 ? 0 : Math.min(4, Math.max(0.5, fitting())))

// Outside the function that Streamlit calls anew on every run: what must outlive a run.
let at = 0 // the step asked for last
let asked = null // the turn that the server has not answered yet: {step, time}
let detach = () => {}
let toldFilters = null // those of the last run
// One channel for all runs: what is told while a run closes its channel and opens another would be lost.
const channel = new BroadcastChannel("workshop")

// The foot is written last; the place of a chart is there before the chart is.
const isDrawn = (step) => {
  const place = document.querySelector(`.st-key-workshop_step_${step}`)
  if (!place?.querySelector(".workshop-footer")) return false
  return [...place.querySelectorAll('[class*="st-key-workshop_chart"]')].every((chart) => chart.querySelector("svg.main-svg text"))
}

function sheetOf() {
  const found = document.getElementById("shown-step")
  if (found) return found
  const made = document.head.appendChild(document.createElement("style"))
  made.id = "shown-step"
  return made
}

function show(step, kinds, since = performance.now()) {
  if (at !== step) return // another turn came in between
  if (!isDrawn(step) && performance.now() - since < RENDER_TIMEOUT_MS) {
    setTimeout(() => show(step, kinds, since), 16) // no animation frame: a window behind another gets none
    return
  }
  const sheet = sheetOf()
  const isMap = kinds[step - 1] === "map"
  const map = isMap ? " .st-key-workshop .st-key-workshop_map {opacity: 1 !important; display: flex !important}" : ""
  sheet.textContent = `.st-key-workshop .st-key-workshop_step_${step} {visibility: visible !important; display: flex !important}${map}`
  document.querySelector(".st-key-workshop_map")?.toggleAttribute("inert", !isMap) // neither focus nor a reader finds it then
  if (scaleOf() === 0 && sheet.dataset.step !== String(step)) document.querySelector(".st-key-workshop")?.scrollIntoView()
  sheet.dataset.step = step
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const { step, count, kinds, scale } = data
  const isStage = kinds.length > 0
  detach()
  const controls = parentElement.querySelector(".workshop-controls")
  const [previous, next] = controls.querySelectorAll("[data-turn]")

  for (const button of controls.querySelectorAll("[data-do]")) button.hidden = !isStage
  const face = () => {
    controls.querySelector(".workshop-count").textContent = `${at} / ${count}`
    previous.disabled = at <= 1
    next.disabled = at >= count
  }
  const turn = (target, isTold = false) => {
    const wanted = Math.min(Math.max(target, 1), count)
    if (wanted === at) return
    at = wanted
    face()
    if (isStage) show(at, kinds)
    asked = { step: at, time: Date.now() }
    setStateValue("turn", asked)
    if (!isTold) channel.postMessage(place())
  }
  const deeds = {
    screen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    notes: () => window.open(new URL(`present?${data.filters}&step=${at}&view=notes`, window.location.href), "workshop-notes", "width=900,height=700"),
    leave: () => setTriggerValue("leave", true),
  }
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const place = event.target instanceof Element ? event.target : document.body
    if (place.closest('input, textarea, select, [contenteditable="true"], [role="listbox"], [role="dialog"]')) return
    if (document.querySelector('[data-testid="stPopoverBody"], [role="dialog"]')) return
    // The focus stays on the button of a panel that was closed; there a space means the next step.
    const isPanel = place.closest('[data-testid="stPopover"]') !== null
    if (event.key === " " && !isPanel && place.closest("button, a, [role=button]")) return // it presses what has the focus
    if (TURNS[event.key]) turn(TURNS[event.key](at, count))
    else if (ACTIONS[event.key] && isStage) deeds[ACTIONS[event.key]]()
    else return
    event.preventDefault()
  }
  const onClick = (event) => {
    const { turn: by, do: deed } = event.target.closest("button")?.dataset ?? {}
    if (by) turn(at + Number(by))
    else if (deed) deeds[deed]()
  }
  // A window of notes follows the filters of the stage too: it opens anew with them.
  const place = () => ({ step: at, filters: data.filters })
  channel.onmessage = ({ data: told }) => {
    if (!controls.isConnected) return // the stage was left
    if (told === "where") {
      if (isStage) channel.postMessage(place())
    } else if (!isStage && told.filters !== data.filters) {
      window.location.search = `?${told.filters}&step=${told.step}&view=notes`
    } else turn(told.step, true)
  }
  const tellScale = () => scaleOf() !== scale && setStateValue("scale", scaleOf())
  let settling = 0
  const onResize = () => {
    clearTimeout(settling)
    settling = setTimeout(tellScale, 250)
  }
  if (isStage) window.addEventListener("resize", onResize)
  document.addEventListener("keydown", onKey)
  controls.addEventListener("click", onClick)
  detach = () => {
    clearTimeout(settling)
    window.removeEventListener("resize", onResize)
    document.removeEventListener("keydown", onKey)
    controls.removeEventListener("click", onClick)
  }

  if (asked === null || asked.step === step || Date.now() - asked.time > STALE_REPLY_MS) {
    asked = null
    at = step
  }
  face()
  if (isStage) {
    tellScale()
    // Nothing was seen yet: not first in one size and then in another.
    const isOpening = sheetOf().dataset.step === undefined && scaleOf() !== scale
    if (isOpening) setTimeout(() => show(at, kinds), RENDER_TIMEOUT_MS)
    else show(at, kinds)
  }
  // On the first run the notes ask where the stage is; a stage tells when its filters have changed.
  if (!isStage && toldFilters === null) channel.postMessage("where")
  else if (isStage && toldFilters !== null && toldFilters !== data.filters) channel.postMessage(place())
  toldFilters = data.filters
  return () => detach()
}
