import type { PageModel, Section } from '@statewright/report';
import { chartElement } from './charts/index.js';
import { element } from './element.js';
import { type SearchableTable, tableElement } from './table.js';

/* The script of every HTML page: draws the model that stands in the page. It loads nothing and stores nothing. */

function main(): void {
  const model = JSON.parse(document.getElementById('model')?.textContent ?? '') as PageModel;
  const tables: { readonly table: SearchableTable; readonly section: HTMLElement }[] = [];
  const sections = model.sections
    .filter((section) => section.kind === 'table' || section.bars.length > 0)
    .map((section) => {
      if (section.kind === 'chart') return sectionElement(section, chartElement(section, section.title));
      const table = tableElement(section);
      const made = sectionElement(section, table.element);
      tables.push({ table, section: made });
      return made;
    });
  const search = searchField((words) => {
    for (const { table, section } of tables) {
      section.classList.toggle('nothing', table.search(words) === 0 && words.length > 0);
    }
  });
  const body = element('main', {}, head(model), search, ...sections, footer());
  document.body.append(body);
}

function head(model: PageModel): HTMLElement {
  const made = element('header', {}, element('p', { class: 'kind' }, `statewright ${model.kind}`));
  made.append(element('h1', {}, model.title));
  if (model.conclusion !== null) {
    const { text, tone } = model.conclusion;
    made.append(element('p', { class: `conclusion ${tone}` }, text));
  }
  made.append(element('ul', { class: 'facts' }, ...model.facts.map((fact) => element('li', {}, fact))));
  const tiles = model.tiles.map(({ value, label, tone }) =>
    element('div', { class: `tile ${tone ?? ''}` }, element('strong', {}, value), element('span', {}, label)),
  );
  made.append(element('div', { class: 'tiles' }, ...tiles));
  return made;
}

function searchField(found: (words: readonly string[]) => void): HTMLElement {
  const input = element('input', {
    type: 'search',
    placeholder: 'Search all tables   /',
    'aria-label': 'Search all tables',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  input.addEventListener('input', () => {
    found(
      input.value
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== ''),
    );
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || document.activeElement === input) return;
    event.preventDefault();
    input.focus();
  });
  return element('div', { class: 'search', role: 'search' }, input);
}

function sectionElement(section: Section, content: HTMLElement): HTMLElement {
  const { title, note } = section;
  const isHalf = section.kind === 'chart' && section.half === true;
  const made = element('section', isHalf ? { class: 'half' } : {}, element('h2', {}, title));
  if (note !== undefined) made.append(element('p', { class: 'note' }, note));
  made.append(content);
  return made;
}

function footer(): HTMLElement {
  return element('footer', {}, 'Made by statewright. This page holds all its data and loads nothing.');
}

main();
