// Keys, buttons and display of the steps in the workshop mode.
//
// The server renders all steps in advance and the style sheet hides them, so this script can show another step at once.
// It reports the step to the server afterwards, which moves the map and updates the URL.

const TURNS = {
  ArrowRight: (step) => step + 1, ArrowDown: (step) => step + 1, PageDown: (step) => step + 1, " ": (step) => step + 1,
  ArrowLeft: (step) => step - 1, ArrowUp: (step) => step - 1, PageUp: (step) => step - 1,
  Home: () => 1, End: (_, count) => count,
}
const ACTIONS = { f: "screen", n: "notes", Escape: "leave" }
// While a step is still being rendered, the previous one stays visible for at most this long.
const RENDER_TIMEOUT_MS = 15000
const RENDER_POLL_MS = 16
// Ignore replies to earlier requests for this long. We send the absolute step number, so fast key presses are not lost.
const STALE_REPLY_MS = 5000
const RESIZE_DELAY_MS = 250
const MAP_GAP_PX = 10
const MAX_NARROW_PX = 900 // the breakpoint of the style sheets
const POSITION_REQUEST = "position?" // from a notes window to the main window

// The server draws charts and map for a window of 1280 by 720 pixels, multiplied by this scale. 0 stands for a narrow
// window such as a phone, where the steps scroll.
const roundedScale = () => Math.round(Math.min(innerWidth / 1280, innerHeight / 720) * 10) / 10
const windowScale = () => (innerWidth <= MAX_NARROW_PX ? 0 : Math.min(4, Math.max(0.5, roundedScale())))

// Streamlit calls the exported function again on every run; this state has to survive from one run to the next.
let currentStep = 0 // the step requested last
let placedMapStep = null // the map step whose heading and footer the map lies between
let pendingTurn = null // {step, time} of the turn that the server has not confirmed yet
let removeListeners = () => {}
let lastFilters = null
// One channel for all runs: a message sent while a run closes its own channel and opens another would be lost.
const channel = new BroadcastChannel("workshop")

// The footer of a step is rendered last. The container of a chart exists before the chart does, hence the second check.
const isRendered = (step) => {
  const container = document.querySelector(`.st-key-workshop_step_${step}`)
  if (!container?.querySelector(".workshop-footer")) return false
  const charts = [...container.querySelectorAll('[class*="st-key-workshop_chart"]')]
  return charts.every((chart) => chart.querySelector("svg.main-svg text"))
}

// The style sheet that makes one step visible. Its data-step is the number of that step.
function visibilitySheet() {
  const existing = document.getElementById("shown-step")
  if (existing) return existing
  const sheet = document.head.appendChild(document.createElement("style"))
  sheet.id = "shown-step"
  return sheet
}

function writeSheet(step, mapSteps) {
  const isMap = mapSteps.includes(step)
  const map = `${isMap ? "opacity: 1 !important; display: flex !important;" : ""} ${mapInset(step, mapSteps)}`
  visibilitySheet().textContent =
    `.st-key-workshop .st-key-workshop_step_${step} {visibility: visible !important; display: flex !important}` +
    ` .st-key-workshop .st-key-workshop_map {${map}}`
}

// The map fills the space between heading and footer of its step, however many lines they have. It keeps its size at
// steps without a map, so that it is not drawn again in view. In a narrow window the style sheet makes it static.
function mapInset(step, mapSteps) {
  if (mapSteps.includes(step)) placedMapStep = step
  else if (!mapSteps.includes(placedMapStep)) placedMapStep = mapSteps[0]
  const container = document.querySelector(`.st-key-workshop_step_${placedMapStep}`)
  const [head, footer] = [".workshop-head", ".workshop-footer"].map((part) => container?.querySelector(part))
  if (!head || !footer) return ""
  const area = document.querySelector(".st-key-workshop").getBoundingClientRect()
  const top = head.getBoundingClientRect().bottom - area.top + MAP_GAP_PX
  const bottom = area.bottom - footer.getBoundingClientRect().top + MAP_GAP_PX
  return `top: ${top}px; bottom: ${bottom}px`
}

function show(step, mapSteps, since = performance.now()) {
  if (currentStep !== step) return // turned again while waiting
  if (!isRendered(step) && performance.now() - since < RENDER_TIMEOUT_MS) {
    // Not requestAnimationFrame: browsers suspend it in a window that is covered by another.
    setTimeout(() => show(step, mapSteps, since), RENDER_POLL_MS)
    return
  }
  const sheet = visibilitySheet()
  writeSheet(step, mapSteps)
  // The map is nearly transparent, not hidden; inert keeps it from focus and from screen readers.
  document.querySelector(".st-key-workshop_map")?.toggleAttribute("inert", !mapSteps.includes(step))
  if (windowScale() === 0 && sheet.dataset.step !== String(step)) document.querySelector(".st-key-workshop")?.scrollIntoView()
  sheet.dataset.step = step
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const { step, count, isMainWindow, mapSteps, scale } = data
  removeListeners()
  const controls = parentElement.querySelector(".workshop-controls")
  const [previous, next] = controls.querySelectorAll("[data-turn]")

  for (const button of controls.querySelectorAll("[data-action]")) button.hidden = !isMainWindow
  const updateControls = () => {
    controls.querySelector(".workshop-count").textContent = `${currentStep} / ${count}`
    previous.disabled = currentStep <= 1
    next.disabled = currentStep >= count
  }
  const position = () => ({ step: currentStep, filters: data.filters })
  const turn = (target, isFromOtherWindow = false) => {
    const wanted = Math.min(Math.max(target, 1), count)
    if (wanted === currentStep) return
    currentStep = wanted
    updateControls()
    if (isMainWindow) show(currentStep, mapSteps)
    pendingTurn = { step: currentStep, time: Date.now() }
    setStateValue("turn", pendingTurn)
    if (!isFromOtherWindow) channel.postMessage(position())
  }
  const openNotes = () => {
    const url = new URL(`present?${data.filters}&step=${currentStep}&view=notes`, window.location.href)
    window.open(url, "workshop-notes", "width=900,height=700")
  }
  const actions = {
    screen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    notes: openNotes,
    leave: () => setTriggerValue("leave", true),
  }
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest('input, textarea, select, [contenteditable="true"], [role="listbox"], [role="dialog"]')) return
    if (document.querySelector('[data-testid="stPopoverBody"], [role="dialog"]')) return
    // Space presses the focused button. Exception: after a popover was closed the focus stays on its button, and the
    // presenter expects the next step.
    const isPopover = target.closest('[data-testid="stPopover"]') !== null
    if (event.key === " " && !isPopover && target.closest("button, a, [role=button]")) return
    if (TURNS[event.key]) turn(TURNS[event.key](currentStep, count))
    else if (ACTIONS[event.key] && isMainWindow) actions[ACTIONS[event.key]]()
    else return
    event.preventDefault()
  }
  const onClick = (event) => {
    const { turn: offset, action } = event.target.closest("button")?.dataset ?? {}
    if (offset) turn(currentStep + Number(offset))
    else if (action) actions[action]()
  }
  channel.onmessage = ({ data: message }) => {
    if (!controls.isConnected) return // the visitor has left the workshop mode
    if (message === POSITION_REQUEST) {
      if (isMainWindow) channel.postMessage(position())
    } else if (!isMainWindow && message.filters !== data.filters) {
      // The notes follow the filters of the main window: reload them with the new ones.
      window.location.search = `?${message.filters}&step=${message.step}&view=notes`
    } else turn(message.step, true)
  }
  const sendScale = () => windowScale() !== scale && setStateValue("scale", windowScale())
  let resizeTimer = 0
  const placeMap = () => visibilitySheet().dataset.step === String(currentStep) && writeSheet(currentStep, mapSteps)
  const onResize = () => {
    placeMap()
    clearTimeout(resizeTimer)
    resizeTimer = setTimeout(sendScale, RESIZE_DELAY_MS)
  }
  if (isMainWindow) window.addEventListener("resize", onResize)
  document.addEventListener("keydown", onKey)
  controls.addEventListener("click", onClick)
  removeListeners = () => {
    clearTimeout(resizeTimer)
    window.removeEventListener("resize", onResize)
    document.removeEventListener("keydown", onKey)
    controls.removeEventListener("click", onClick)
  }

  if (pendingTurn === null || pendingTurn.step === step || Date.now() - pendingTurn.time > STALE_REPLY_MS) {
    pendingTurn = null
    currentStep = step
  }
  updateControls()
  if (isMainWindow) {
    sendScale()
    document.fonts.ready.then(placeMap) // another font may break the heading elsewhere
    // When the page opens in another scale, wait for the steps in that scale, so that they do not change size in view.
    const isOtherScale = visibilitySheet().dataset.step === undefined && windowScale() !== scale
    if (isOtherScale) setTimeout(() => show(currentStep, mapSteps), RENDER_TIMEOUT_MS)
    else show(currentStep, mapSteps)
  }
  // A notes window asks for the position on its first run; the main window announces a change of its filters.
  if (!isMainWindow && lastFilters === null) channel.postMessage(POSITION_REQUEST)
  else if (isMainWindow && lastFilters !== null && lastFilters !== data.filters) channel.postMessage(position())
  lastFilters = data.filters
  return () => removeListeners()
}
