"use strict";
// The table of outputs, the dialog that one opens in, and what was decided.

const SOURCE = 0, POSITION = 1, STATUS = 2, AFTER = 4, CODES = 7, KEY = `cdktf-fix:${document.body.dataset.key}`;
const byId = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark", dark.matches);
dark.addEventListener("change", follow);
follow();

class Decisions {
  constructor() {
    this.made = new Map(remembered());
    this.tell();
  }
  /** What is decided about an output's findings, by their number. */
  about(id, shown) {
    return {
      of: (number) => this.made.get(`${id} ${number}`)?.decision ?? null,
      set: (number, decision) => {
        const { code: rule, path, line, column } = shown.findings[number];
        const digest = shown.files.find((file) => file.path === path)?.sha256;
        if (decision) this.made.set(`${id} ${number}`, { rule, path: `${shown.base}/${path}`, line, column, decision, digest });
        else this.made.delete(`${id} ${number}`);
        this.tell();
        byId("said").textContent = `${rule}, line ${line}: ${decision ?? "not decided"}`;
      },
    };
  }
  tell() {
    byId("export").textContent = `Export decisions (${this.made.size})`;
    byId("export").disabled = !this.made.size;
    try {
      localStorage.setItem(KEY, JSON.stringify([...this.made]));
    } catch { /* A browser may keep nothing for a file. */ }
  }
  /** What `cdktf-fix apply --decisions` reads. */
  exported() {
    const files = {}, decisions = [];
    for (const { digest, ...decision } of this.made.values()) {
      decisions.push(decision);
      files[decision.path] = digest;
    }
    return JSON.stringify({ version: 1, decisions, files }, null, 2) + "\n";
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function tableOf(rows) {
  const isVerified = byId("cases").dataset.verified === "yes";
  const text = DataTable.render.text();
  const hidden = { visible: isVerified, render: text, type: "string" };
  const opener = (source, type, row) => {
    if (type !== "display") return `${source} ${String(row[POSITION]).padStart(9, "0")}`;
    const name = `${source.split("/").pop()} ${row[POSITION]}`;
    return element("button", { type: "button", class: "open", "aria-label": `Open ${name}, ${row[STATUS]}`, title: source }, name);
  };
  return new DataTable("#cases", {
    data: rows,
    deferRender: true,
    pageLength: 25,
    columns: [
      { title: "Output", data: (row, type) => opener(row[SOURCE], type, row), type: "string" },
      { title: "Status", data: STATUS, render: text, type: "string" },
      { title: "Before", data: 3, ...hidden },
      { title: "After", data: AFTER, ...hidden },
      { title: "Repaired", data: 5, type: "num", searchable: false },
      { title: "Left", data: 6, type: "num", searchable: false },
      { title: "Rules", data: CODES, render: text, type: "string" },
    ],
    order: [],
    language: { search: "Search", emptyTable: "No outputs.", zeroRecords: "No output is like that.", info: "_START_ to _END_ of _TOTAL_ outputs", infoFiltered: "(of _MAX_)", infoEmpty: "0 outputs", lengthMenu: "_MENU_ a page" },
  });
}

function filters(table) {
  const exact = (column, word) => table.column(column).search(word ? new RegExp(`(^| )${word}( |$)`) : "").draw();
  byId("filter-status").addEventListener("change", (event) => exact(1, event.target.value));
  byId("filter-after")?.addEventListener("change", (event) => exact(3, event.target.value));
  byId("filter-rule").addEventListener("change", (event) => exact(6, event.target.value));
}

class Dialog {
  constructor(table, decisions) {
    this.table = table;
    this.decisions = decisions;
    this.chunks = document.querySelectorAll("script.chunk");
    this.box = byId("case");
    byId("cases").addEventListener("click", (event) => {
      const row = event.target.closest("tbody tr");
      if (row && table.row(row).data()) this.open(table.row(row).index());
    });
    byId("close").addEventListener("click", () => this.box.close());
    byId("previous").addEventListener("click", () => this.step(-1));
    byId("next").addEventListener("click", () => this.step(1));
    this.box.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => level(byId("case-body"))).observe(byId("case-body"));
  }
  async open(index) {
    this.index = index;
    const [source, position, status, , , , , , id] = this.table.row(index).data();
    const size = Number(document.body.dataset.chunk);
    const shown = (await unpack(this.chunks[Math.floor(index / size)]))[index % size];
    if (this.index !== index) return;
    if (!this.box.open) this.box.showModal();
    byId("case-title").textContent = `${source}, output ${position}: ${status}`;
    this.about = this.decisions.about(id, shown);
    showCase(byId("case-body"), shown, this.about);
    byId("case-body").scrollTop = 0;
    const order = this.order();
    byId("previous").disabled = order.indexOf(index) <= 0;
    byId("next").disabled = order.indexOf(index) === order.length - 1;
    byId("case-title").focus();
  }
  order() {
    return this.table.rows({ order: "applied", search: "applied" }).indexes().toArray();
  }
  step(by) {
    const order = this.order(), next = order[order.indexOf(this.index) + by];
    if (next !== undefined) this.open(next);
  }
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const boxes = [...this.box.querySelectorAll(".finding")];
    const at = boxes.indexOf(document.activeElement.closest(".finding"));
    const focus = (number) => boxes[Math.max(0, Math.min(number, boxes.length - 1))]?.focus();
    const decided = (decision) => {
      if (at >= 0 && boxes[at].querySelector("button")) decide(boxes[at], decision, this.about);
    };
    const keys = {
      j: () => focus(at + 1), k: () => focus(at - 1), a: () => decided("accept"), r: () => decided("reject"),
      n: () => this.step(1), p: () => this.step(-1),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}

unpack(byId("rows")).then((rows) => {
  const decisions = new Decisions(), table = tableOf(rows);
  filters(table);
  new Dialog(table, decisions);
  byId("export").addEventListener("click", () => download("decisions.json", decisions.exported()));
  document.body.dataset.ready = "yes";
});
