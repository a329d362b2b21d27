"use strict";
// What an output opens to. Texts of others go in by textContent; the diff view escapes what it is given.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

async function unpack(script) {
  const bytes = Uint8Array.from(atob(script.textContent), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Fill *body* with an output; *decisions* tells what was decided about a finding, and takes what is. */
function showCase(body, shown, decisions) {
  body.replaceChildren();
  if (shown.before.length) body.append(element("div", { class: "outcomes" }, outcome("Before", shown.before), outcome("After", shown.after)));
  const notes = [...shown.errors, ...shown.problems, ...shown.failures];
  if (notes.length) body.append(list("What could not be done, and notes", notes));
  const isWide = body.clientWidth >= 700;
  const boxes = shown.findings.map((finding, number) => findingBox(finding, number, decisions));
  const placed = new Set();
  for (const file of shown.files) body.append(diffOf(file, isWide, shown.findings, boxes, placed));
  const loose = boxes.filter((_, number) => !placed.has(number));
  if (loose.length) body.append(element("section", { class: "loose" }, element("h3", {}, "Findings elsewhere"), ...loose));
  if (!shown.files.length && !loose.length) body.append(element("p", {}, "Nothing was found, and nothing changed."));
  level(body);
}

function outcome(when, lines) {
  return element("div", { class: `outcome ${lines[0]}` }, element("h3", {}, `${when}: ${lines[0]}`), ...lines.slice(1).map((line) => element("p", {}, line)));
}

function list(title, lines) {
  return element("section", { class: "notes" }, element("h3", {}, title), element("ul", {}, ...lines.map((line) => element("li", {}, line))));
}

function findingBox(finding, number, decisions) {
  const state = finding.fixed ? "repaired" : finding.safety === "unsafe" ? "unsafe, left" : "left";
  const name = `${finding.code}, ${finding.path} line ${finding.line}: ${finding.text}`;
  const box = element("div", { class: `finding ${finding.fixed ? "fixed" : "left"}`, role: "group", tabindex: "-1", "aria-label": name });
  box.dataset.number = number;
  box.append(element("span", { class: "code" }, finding.code), " ", element("span", { class: "state" }, state), " ", finding.text);
  // Without a fix there is nothing to decide.
  if (finding.fixed || finding.safety !== "shown") {
    const buttons = [["accept", "Accept"], ["reject", "Reject"]].map(([decision, label]) => {
      const button = element("button", { type: "button", "aria-label": `${label} ${finding.code}, line ${finding.line}` }, label);
      button.dataset.decision = decision;
      button.addEventListener("click", () => decide(box, decision, decisions));
      return button;
    });
    box.append(element("span", { class: "decide" }, ...buttons));
    press(box, decisions.of(number));
  }
  return box;
}

/** Decide about a finding; the same once more takes it back. */
function decide(box, decision, decisions) {
  const number = Number(box.dataset.number);
  decisions.set(number, decisions.of(number) === decision ? null : decision);
  press(box, decisions.of(number));
}

function press(box, decision) {
  box.dataset.decided = decision ?? "";
  for (const button of box.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.decision === decision));
}

function diffOf(file, isWide, findings, boxes, placed) {
  const section = element("section", { class: "file", "aria-label": `Diff of ${file.path}` });
  const format = isWide ? "side-by-side" : "line-by-line";
  section.innerHTML = Diff2Html.html([parsed(file)], { outputFormat: format, drawFileList: false, matching: "lines", colorScheme: "auto" });
  section.querySelector(".d2h-file-collapse")?.remove();
  const tag = section.querySelector(".d2h-tag");
  if (!file.blocks.some(([, , texts]) => texts.some((text) => text[0] !== " "))) tag.textContent = "unchanged";
  for (const table of section.querySelectorAll("table")) table.setAttribute("role", "presentation");
  const sides = section.querySelectorAll(".d2h-diff-tbody");
  const rows = new Map();
  for (const row of sides[0]?.rows ?? []) {
    const line = (row.querySelector(".line-num1") ?? row.cells[0]).textContent.trim();
    if (line) rows.set(Number(line), row);
  }
  // From the last to the first of a line, for each goes right below it.
  findings.map((finding, number) => [finding, number]).reverse().forEach(([finding, number]) => {
    const row = rows.get(finding.line);
    if (finding.path !== file.path || !row) return;
    placed.add(number);
    const other = sides[1]?.rows[row.rowIndex];
    row.after(beside(boxes[number]));
    other?.after(element("tr", { class: "spacer", "aria-hidden": "true" }, element("td", { colspan: "2" })));
  });
  return section;
}

function beside(box) {
  return element("tr", { class: "beside" }, element("td", { colspan: "2" }, box));
}

/** A file as the diff view takes it. */
function parsed(file) {
  let addedLines = 0, deletedLines = 0;
  const blocks = file.blocks.map(([oldStartLine, newStartLine, texts]) => {
    let old = oldStartLine, now = newStartLine;
    const lines = texts.map((content) => {
      if (content[0] === "-") { deletedLines++; return { type: "delete", content, oldNumber: old++, newNumber: undefined }; }
      if (content[0] === "+") { addedLines++; return { type: "insert", content, oldNumber: undefined, newNumber: now++ }; }
      return { type: "context", content, oldNumber: old++, newNumber: now++ };
    });
    return { header: `from line ${oldStartLine}`, oldStartLine, newStartLine, lines };
  });
  return { oldName: file.path, newName: file.path, language: "py", isCombined: false, isGitDiff: false, addedLines, deletedLines, blocks };
}

/** Keep both sides level: what is empty beside a finding is as high as it. */
function level(body) {
  for (const section of body.querySelectorAll(".file")) {
    const [left, right] = section.querySelectorAll(".d2h-diff-tbody");
    for (const wrapper of section.querySelectorAll(".d2h-code-wrapper")) wrapper.style.setProperty("--shown", `${wrapper.clientWidth}px`);
    if (!right) continue;
    for (const row of left.querySelectorAll(".beside")) right.rows[row.rowIndex].style.height = `${row.offsetHeight}px`;
  }
}
