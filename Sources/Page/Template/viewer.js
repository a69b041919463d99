// A number as it is read: 0.25, −3, 1.5 × 10⁻⁷.
function shown(value) {
  if (value === null) return "";
  if (typeof value === "string") return value;
  let text = String(value);
  const size = Math.abs(value);
  if (size && (size < 1e-4 || size >= 1e9)) {
    const [digits, power] = value.toExponential().split("e");
    const up = power.replace("+", "").replace(/[0-9]/g, d => raised[d]).replace("-", "⁻");
    text = (digits === "1" ? "" : digits === "-1" ? "-" : digits + "\u2009×\u2009") + "10" + up;
  }
  return text.replace(/-/g, "−");
}
const views = [...document.querySelectorAll(".viewer")].map(view);
function view(root) {
  const data = JSON.parse(root.querySelector("script").textContent);
  const part = name => root.querySelector(name);
  const [x0, x1, y0, y1] = data.window, [width, height] = data.size;
  const runs = data.runs.map(([method, rate, start, color, ending, iterations, ...columns]) => {
    const count = columns[0].length;
    const column = c => Array.isArray(c) ? c : Array.from({length: count}, (_, i) => i < count - 1 ? c : null);
    return {method, rate, start, ending, ink: `var(--c${color})`, columns: columns.map(column), count,
      iterations: iterations || columns[0].map((_, i) => i)};
  });
  const shape = (name, attributes, parent) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    parent.append(made);
    return made;
  };
  // Far outside the frame a place is only known to be outside.
  const clamp = v => Math.round(Math.max(-4000, Math.min(5000, v)) * 10) / 10;
  const place = (run, i) => {
    const [x, y] = [run.columns[0][i], run.columns[1][i]];
    if (typeof x !== "number" || typeof y !== "number") return null;
    return [clamp((x - x0) / (x1 - x0) * width), clamp((y1 - y) / (y1 - y0) * height)];
  };
  const line = (run, from, to) =>
    Array.from({length: to - from + 1}, (_, i) => place(run, from + i)).filter(p => p).join(" ");
  // Behind the points that were left out the line is not drawn through.
  const whole = run => run.count > 2 && run.iterations[run.count - 1] > 1.3 * run.iterations[run.count - 2] + 2
    ? run.count - 2 : run.count - 1;
  for (const run of runs) {
    shape("polyline", {points: line(run, 0, whole(run)), style: `stroke:${run.ink}`}, part(".runs"));
  }
  const selects = Object.fromEntries([...root.querySelectorAll("select")].map(s => [s.dataset.of, s]));
  const slider = part("input"), now = part(".now"), status = part(".status");
  let run = runs[0], step = 0;
  const fill = (select, words, word) => {
    select.replaceChildren(...[...new Set(words)].map(w => new Option(w || "its own", w, false, w === word)));
    select.disabled = select.options.length < 2;
  };
  const nearest = wanted => runs.find(r => r.method === wanted.method && r.rate === wanted.rate && r.start === wanted.start)
    || runs.find(r => r.method === wanted.method && r.start === wanted.start)
    || runs.find(r => r.method === wanted.method && r.rate === wanted.rate)
    || runs.find(r => r.method === wanted.method);
  function show(next, to) {
    run = next;
    step = Math.max(0, Math.min(run.count - 1, to));
    const own = runs.filter(r => r.method === run.method);
    fill(selects.method, runs.map(r => r.method), run.method);
    fill(selects.rate, own.map(r => r.rate), run.rate);
    fill(selects.start, own.filter(r => r.rate === run.rate).map(r => r.start), run.start);
    slider.max = run.count - 1;
    slider.value = step;
    const k = run.iterations[step], end = run.iterations[run.count - 1];
    slider.setAttribute("aria-valuetext", `iterate ${k} of ${end}`);
    for (const button of root.querySelectorAll("[data-go]")) {
      const isBack = button.dataset.go === "first" || button.dataset.go === "back";
      button.disabled = step === (isBack ? 0 : run.count - 1);
    }
    now.replaceChildren();
    const last = whole(run), style = `stroke:${run.ink}`;
    shape("polyline", {points: line(run, 0, last), style, class: "rest"}, now);
    if (last < run.count - 1) shape("polyline", {points: line(run, last, last + 1), style, class: "gap"}, now);
    shape("polyline", {points: line(run, 0, Math.min(step, last)), style}, now);
    for (let i = 0; i <= step; i++) {
      const p = place(run, i);
      if (p) shape("circle", {cx: p[0], cy: p[1], r: i < step ? 5 : 11, style: `fill:${run.ink}`, class: i < step ? "" : "here"}, now);
    }
    part("[data-k]").textContent = k;
    root.querySelectorAll("[data-v]").forEach((cell, i) => { cell.textContent = shown(run.columns[i][step]); });
    const p = place(run, step);
    const inside = p && p[0] >= 0 && p[0] <= width && p[1] >= 0 && p[1] <= height;
    const numbers = data.names.map((name, i) => [name, shown(run.columns[i][step])])
      .filter(n => n[1]).map(n => n.join(" = ")).join(", ");
    status.textContent = `${run.method}${run.rate && " " + run.rate} from ${run.start}, iterate ${k} of ${end}`
      + `${inside ? "" : ", outside the window"}: ${numbers}. ${step === run.count - 1 ? "Ending: " + run.ending + "." : ""}`;
  }
  function go(next, to) {
    show(next, to);
    const words = {function: data.function, method: run.method, rate: run.rate, start: run.start, step: run.iterations[step]};
    try { history.replaceState(null, "", "#" + new URLSearchParams(words)); } catch { /* a page without an address */ }
  }
  for (const [name, select] of Object.entries(selects)) {
    select.addEventListener("change", () => go(nearest({method: run.method, rate: run.rate, start: run.start, [name]: select.value}), 0));
  }
  const ways = {first: () => 0, back: () => step - 1, on: () => step + 1, last: () => run.count - 1};
  root.addEventListener("click", event => {
    const way = event.target.dataset && ways[event.target.dataset.go];
    if (way) go(run, way());
  });
  slider.addEventListener("input", () => go(run, Number(slider.value)));
  root.addEventListener("keydown", event => {
    const key = {ArrowLeft: "back", ArrowRight: "on", Home: "first", End: "last"}[event.key];
    if (!key || event.altKey || event.ctrlKey || event.metaKey || /SELECT|INPUT/.test(event.target.tagName)) return;
    event.preventDefault();
    go(run, ways[key]());
  });
  part("svg").addEventListener("click", event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(part("svg").getScreenCTM().inverse());
    let best = [Infinity, step];
    for (let i = 0; i < run.count; i++) {
      const p = place(run, i);
      const far = p ? Math.hypot(p[0] - at.x, p[1] - at.y) : Infinity;
      if (far < best[0]) best = [far, i];
    }
    if (best[0] < 60) go(run, best[1]);
  });
  show(run, 0);
  // A link names a run and an iterate: #method=newton&start=p1&step=3, with function= where there are several.
  return words => {
    if (words.has("function") && words.get("function") !== data.function) return false;
    const wanted = {method: words.get("method") || runs[0].method, rate: words.get("rate"), start: words.get("start")};
    const found = nearest({...wanted, rate: wanted.rate ?? (runs.find(r => r.method === wanted.method) || {}).rate});
    if (!found) return false;
    const k = Number(words.get("step"));
    const behind = found.iterations.findIndex(i => i > k);
    show(found, (behind < 0 ? found.count : behind) - 1);
    if (words.has("function")) root.scrollIntoView({block: "nearest"});
    return true;
  };
}
function follow() {
  const words = new URLSearchParams(location.hash.slice(1));
  if (words.has("method") || words.has("start") || words.has("step")) views.some(v => v(words));
}
addEventListener("hashchange", follow);
follow();
