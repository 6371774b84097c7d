// Adds reading aids to the drawings that are there; without it the page is complete. The state is in the address: #f=kernel:rt&p=99.9&m=max&a=os&h=by-os:1
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, attributes = {}, text = '') => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.textContent = text;
    return element;
  };
  const numbers = text => text.split(' ').map(Number);
  const state = { filter: {}, pin: null, hidden: new Set(), figure: null, across: null };

  // Scales, as the frames of the drawings tell them: 'from to low high' and for percentiles 'from to decades'.
  const scale = id => {
    const frame = document.getElementById(id);
    return frame && { x: frame.dataset.x && numbers(frame.dataset.x), y: numbers(frame.dataset.y) };
  };
  const scales = { pf: scale('pf'), wf: scale('wf'), sf: scale('sf') };
  const logarithmic = ([from, to, low, high], at) => low * Math.pow(high / low, (at - from) / (to - from));
  const linear = ([from, to, low, high], at) => low + (high - low) * (at - from) / (to - from);
  const above = at => Math.pow(10, -(at - scales.pf.x[0]) / (scales.pf.x[1] - scales.pf.x[0]) * scales.pf.x[2]);
  const place = share => scales.pf.x[0] - Math.log10(share) / scales.pf.x[2] * (scales.pf.x[1] - scales.pf.x[0]);
  const micro = nanoseconds => (nanoseconds / 1e3).toPrecision(4).replace(/\.?0+$/, '') + ' µs';
  const percentile = share => {
    const digits = Math.max(0, Math.ceil(-Math.log10(share)) - 1);
    return (100 - 100 * share).toFixed(digits);
  };

  // The points of a path as this report writes it: M, m, l, h and v. A new stroke begins with null.
  const points = data => {
    const found = [];
    let x = 0, y = 0;
    for (const [, command, rest] of data.matchAll(/([Mmlhv])([^Mmlhv]*)/g)) {
      const step = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) || []).map(Number);
      if (command === 'M') { x = step[0]; y = step[1]; }
      else if (command === 'h') x += step[0];
      else if (command === 'v') y += step[0];
      else { x += step[0]; y += step[1]; }
      if (command === 'M' || command === 'm') found.push(null);
      found.push([x, y]);
    }
    return found;
  };
  const known = new Map();
  const pointsOf = id => {
    if (!known.has(id)) known.set(id, all('path', document.getElementById(id).parentNode).filter(p => p.id === id || p.parentNode.id === id).flatMap(p => points(p.getAttribute('d'))));
    return known.get(id);
  };
  const heightAt = (id, x) => {
    const line = pointsOf(id).filter(Boolean);
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]];
      if (a[0] <= x && x <= b[0]) return b[0] === a[0] ? b[1] : a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]);
    }
    return null;
  };

  const kindOf = svg => ['pf', 'wf', 'sf'].find(id => svg.querySelector(`use[href='#${id}']`));
  const levelOf = element => { const name = element.getAttribute('class'); return (/\bn(\d+)/.exec(name) || /\b[lf](\d)\b/.exec(name) || [])[1]; };
  const nameOf = (element, level) => {
    const plots = element.closest('.plots');
    const key = plots && all('.key', plots).find(k => levelOf(k) === level);
    return key ? key.textContent.trim() : '';
  };
  const percentiles = all('figure svg').filter(svg => kindOf(svg) === 'pf');

  // Where an event is in a drawing, in its own units, however it is zoomed.
  const placeOf = (svg, event) => {
    const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
    return [view.x + (event.clientX - box.left) * view.width / box.width, view.y + (event.clientY - box.top) * view.height / box.height];
  };

  let dragged = false;

  // Hover: every panel shows the same percentile; the one under the pointer says the values.
  const tip = make('output', { class: 'tip', hidden: '' });
  document.body.append(tip);
  const cross = (svg, x) => {
    let line = svg.querySelector('.cross');
    if (!line) {
      line = document.createElementNS(svg.namespaceURI, 'path');
      line.setAttribute('class', 'cross');
      svg.append(line);
    }
    line.setAttribute('d', x === null ? '' : `M${x.toFixed(1)} ${scales.pf.y[1]}V${scales.pf.y[0]}`);
  };
  const tell = (svg, x) => {
    const share = above(x);
    const lines = all('use.m', svg).filter(use => use.style.display !== 'none').flatMap(use => {
      const id = use.getAttribute('href').slice(1);
      const y = heightAt(id, x);
      if (y === null) return [];
      const packets = Number(document.getElementById(id).dataset.n);
      return [`${nameOf(svg, levelOf(use)) || 'median'}: ${micro(logarithmic(scales.pf.y, y))}, ${Math.floor(packets * share).toLocaleString('en')} packets above`];
    });
    tip.textContent = [`p${percentile(share)}`, ...lines].join('\n');
  };
  const show = (svg, x) => {
    for (const panel of percentiles) cross(panel, x);
    tip.hidden = x === null || !svg;
    if (!tip.hidden) {
      tell(svg, x);
      const box = svg.getBoundingClientRect();
      const view = svg.viewBox.baseVal;
      tip.style.left = Math.max(4, Math.min(box.left + box.width * (x - view.x) / view.width + 12, innerWidth - tip.offsetWidth - 8)) + 'px';
      tip.style.top = Math.max(4, box.top - tip.offsetHeight - 4) + 'px';
    }
  };
  const pinned = () => state.pin === null ? null : place(1 - state.pin / 100);
  for (const svg of percentiles) {
    const within = x => Math.max(scales.pf.x[0], Math.min(scales.pf.x[1] - .5, x));
    let at = null;
    svg.addEventListener('pointermove', event => { if (!event.buttons) show(svg, at = within(placeOf(svg, event)[0])); });
    svg.addEventListener('pointerleave', () => show(null, pinned()));
    svg.addEventListener('blur', () => show(null, pinned()));
    svg.addEventListener('click', event => {
      if (dragged) { dragged = false; return; }
      at = within(placeOf(svg, event)[0]);
      state.pin = state.pin === null ? Number(percentile(above(at))) : null;
      save();
    });
    svg.addEventListener('keydown', event => {
      const step = { ArrowLeft: -4, ArrowRight: 4, Enter: 0, Escape: 0 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      if (event.key === 'Escape') state.pin = null;
      if (event.key === 'Enter' && at !== null) state.pin = Number(percentile(above(at)));
      at = within((at ?? pinned() ?? scales.pf.x[0]) + step);
      save();
      show(event.key === 'Escape' ? null : svg, event.key === 'Escape' ? null : at);
    });
  }

  // Legends switch curves off and on.
  const drawnOf = plots => (plots.closest('section').id || 'x') + ':' + all('.plots').indexOf(plots);
  for (const key of all('.plots .key')) {
    const name = `${drawnOf(key.closest('.plots'))}:${levelOf(key)}`;
    key.setAttribute('role', 'button');
    key.setAttribute('tabindex', '0');
    key.dataset.name = name;
    const toggle = () => { state.hidden.has(name) ? state.hidden.delete(name) : state.hidden.add(name); save(); };
    key.addEventListener('click', toggle);
    key.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); toggle(); } });
  }
  const applyHidden = () => {
    for (const key of all('.plots .key')) {
      const off = state.hidden.has(key.dataset.name);
      const level = key.dataset.name.split(':').pop();
      key.setAttribute('aria-pressed', String(!off));
      for (const drawn of all('figure [class*=" l"], figure text[class*=" f"]', key.closest('.plots'))) if (levelOf(drawn) === level) drawn.style.display = off ? 'none' : '';
    }
  };

  // Filters: one list for each axis of the overview.
  const overview = document.querySelector('#cells table');
  const axes = overview ? all('thead th', overview).map(h => h.textContent).slice(0, all('tbody tr:first-child th', overview).length) : [];
  const rows = overview ? all('tbody tr', overview).map(row => [row, all('th', row).map(h => h.textContent)]) : [];
  const lists = {};
  const fits = cell => axes.every(axis => !state.filter[axis] || !cell[axis] || cell[axis].includes(state.filter[axis]));
  const applyFilter = () => {
    for (const axis in lists) lists[axis].value = state.filter[axis] || '';
    for (const [row, values] of rows) row.hidden = !fits(Object.fromEntries(axes.map((axis, i) => [axis, values[i] && [values[i]]])));
    for (const part of all('[data-cell]')) part.hidden = !fits(JSON.parse(part.dataset.cell));
    for (const name in choices) choices[name].value = state[name] || '';
    pivot();
  };

  // The overview again: any figure, across any axis, of the cells that the filter leaves.
  const matrix = document.getElementById('matrix');
  const figures = overview ? all('thead th', overview).map(h => h.textContent).slice(axes.length + 1) : [];
  const levelsOf = (cells, i) => [...new Set(cells.map(([, values]) => values[i]))];
  const pivot = () => {
    if (!matrix) return;
    const wanted = state.figure !== null || state.across !== null || Object.keys(state.filter).length > 0;
    all('.own', matrix).forEach(table => table.remove());
    all('.scroll', matrix).forEach(table => { table.hidden = wanted; });
    if (!wanted) return;
    const cells = rows.filter(([row]) => !row.hidden);
    const figure = figures.indexOf(state.figure) < 0 ? figures.indexOf('p99.9') : figures.indexOf(state.figure);
    const many = axes.map((_, i) => levelsOf(rows, i).length);
    const across = axes.indexOf(state.across) < 0 ? many.indexOf(Math.max(...many)) : axes.indexOf(state.across);
    const down = axes.map((_, i) => i).filter(i => i !== across && many[i] > 1);
    const table = make('table');
    const row = (parts, kind) => { const tr = make('tr'); tr.append(...parts.map(p => p instanceof Node ? p : make('th', { scope: kind, class: kind === 'col' ? 'n' : '' }, p))); return tr; };
    const head = make('thead'), body = make('tbody'), columns = levelsOf(cells, across);
    head.append(row([...down.map(i => axes[i]), ...columns], 'col'));
    const groups = new Map();
    for (const cell of cells) {
      const key = down.map(i => cell[1][i]).join('\n');
      groups.set(key, [...(groups.get(key) || []), cell]);
    }
    for (const group of groups.values()) {
      body.append(row([...down.map(i => group[0][1][i]), ...columns.map(level => {
        const found = group.find(([, values]) => values[across] === level);
        return found ? all('td', found[0])[figure + 1].cloneNode(true) : make('td', { class: 'none' });
      })], 'row'));
    }
    table.append(make('caption', {}, `${figures[figure]} in µs, by ${axes[across]}`), head, body);
    const box = make('div', { class: 'scroll matrix own', role: 'group', tabindex: '0', 'aria-label': figures[figure] });
    box.append(table);
    matrix.append(box);
  };
  const choices = {};
  if (matrix) {
    const bar = make('form', { class: 'filter', 'aria-label': 'Figure and axis of the matrix' });
    for (const [name, title, values] of [['figure', 'figure ', figures], ['across', 'across ', axes.filter((_, i) => levelsOf(rows, i).length > 1)]]) {
      const label = make('label', {}, title);
      const list = choices[name] = make('select');
      list.append(make('option', { value: '' }, 'as printed'), ...values.map(value => make('option', { value }, value)));
      list.addEventListener('change', () => { state[name] = list.value || null; save(); });
      label.append(list);
      bar.append(label);
    }
    matrix.prepend(bar);
  }

  if (axes.length) {
    const bar = make('form', { class: 'filter', 'aria-label': 'Filter' });
    axes.forEach((axis, i) => {
      const values = [...new Set(rows.map(([, v]) => v[i]).filter(Boolean))];
      if (values.length < 2) return;
      const label = make('label', {}, axis + ' ');
      const list = lists[axis] = make('select');
      list.append(make('option', { value: '' }, 'all'), ...values.map(value => make('option', { value }, value)));
      list.addEventListener('change', () => { list.value ? state.filter[axis] = list.value : delete state.filter[axis]; save(); });
      label.append(list);
      bar.append(label);
    });
    const copy = make('button', { type: 'button' }, 'Copy link');
    copy.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(location.href); copy.textContent = 'Copied'; } catch { copy.textContent = 'The address is the link'; }
    });
    bar.append(copy);
    document.querySelector('nav').append(bar);
  }

  // Figures: larger, as SVG, as CSV.
  const download = (name, type, text) => {
    const link = make('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const drawing = svg => {
    const copy = svg.cloneNode(true);
    for (const extra of all('.cross', copy)) extra.remove();
    const defs = document.createElementNS(svg.namespaceURI, 'defs');
    for (const id of new Set(all('use', svg).map(use => use.getAttribute('href').slice(1)))) defs.append(document.getElementById(id).cloneNode(true));
    const style = document.createElementNS(svg.namespaceURI, 'style');
    style.textContent = document.querySelector('style').textContent;
    copy.prepend(style, defs);
    return new XMLSerializer().serializeToString(copy);
  };
  const quote = text => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const csv = svg => {
    if (svg.dataset.table) {
      return all('tr', document.getElementById(svg.dataset.table)).map(row => all('th, td', row).map(cell => quote([...cell.childNodes].map(part => part.textContent.trim()).filter(Boolean).join(' '))).join(',') + '\n').join('');
    }
    const kind = kindOf(svg);
    const { x, y } = scales[kind];
    if (kind === 'pf') {
      return 'curve,percentile,latency_us\n' + all('use.m', svg).flatMap(use => pointsOf(use.getAttribute('href').slice(1)).filter(Boolean).map(([px, py]) =>
        `${quote(nameOf(svg, levelOf(use)))},${100 - 100 * above(px)},${logarithmic(y, py) / 1e3}\n`)).join('');
    }
    if (kind === 'wf') {
      return 'level,seconds,latency_us\n' + all('use.d', svg).flatMap(use => pointsOf(use.getAttribute('href').slice(1)).filter(Boolean).map(([px, py]) =>
        `${quote(nameOf(svg, levelOf(use)))},${linear(x, px)},${logarithmic(y, py) / 1e3}\n`)).join('');
    }
    const packets = numbers(svg.dataset.p);
    const series = { a: 'max_us', b: 'p99.9_us', q: 'p50_us' };
    return 'repeat,second,series,value\n' + all('g[data-r]', svg).flatMap(repeat => {
      const [from, each] = numbers(repeat.dataset.x);
      return all('path', repeat).flatMap((path, index) => {
        const counts = index > 2;
        const name = counts ? { q: 'sent', b: 'received', z: 'lost', i: 'interrupts' }[path.getAttribute('class')] : series[path.getAttribute('class')];
        const seen = new Map();
        for (const point of points(path.getAttribute('d')).filter(Boolean)) seen.set(Math.floor((point[0] - from) / each + .05), point[1]);
        return [...seen].filter(([second]) => second * each + from < from + each * Number(repeat.dataset.n) - .1)
          .map(([second, py]) => `${repeat.dataset.r},${second},${name},${counts ? Math.round(linear(name === 'interrupts' ? numbers(svg.dataset.i) : packets, py)) : logarithmic(y, py) / 1e3}\n`);
      });
    }).join('');
  };
  for (const figure of all('figure')) {
    const svg = figure.querySelector('svg');
    const name = figure.querySelector('figcaption').firstChild.textContent.replace(/[^\w.-]+/g, '-').slice(0, 80) || 'figure';
    const tools = make('span', { class: 'tools' });
    const add = (text, title, act) => {
      const button = make('button', { type: 'button', title }, text);
      button.addEventListener('click', () => act(button));
      tools.append(button);
    };
    svg.setAttribute('tabindex', '0');
    const whole = numbers(svg.getAttribute('viewBox'));
    const look = (x, y, factor) => {
      const view = svg.viewBox.baseVal, width = Math.min(whole[2], Math.max(whole[2] / 40, view.width * factor)), share = width / view.width;
      const from = (low, at, size, all) => Math.max(0, Math.min(all - size, at - (at - low) * share));
      svg.setAttribute('viewBox', [from(view.x, x, width, whole[2]), from(view.y, y, view.height * share, whole[3]), width, view.height * share].join(' '));
      figure.classList.toggle('zoomed', width < whole[2]);
    };
    add('Enlarge', 'Larger or smaller; then wheel or + and - zoom, dragging moves, double click or 0 shows all', button => {
      const large = figure.classList.toggle('large');
      button.textContent = large ? 'Shrink' : 'Enlarge';
      if (!large) look(0, 0, 1e9);
    });
    svg.addEventListener('wheel', event => {
      if (!figure.classList.contains('large')) return;
      event.preventDefault();
      look(...placeOf(svg, event), event.deltaY < 0 ? .8 : 1.25);
    }, { passive: false });
    svg.addEventListener('dblclick', () => look(0, 0, 1e9));
    svg.addEventListener('pointermove', event => {
      if (!event.buttons || !figure.classList.contains('zoomed')) return;
      dragged = true;
      const view = svg.viewBox.baseVal, scale = view.width / svg.getBoundingClientRect().width, clamp = (value, most) => Math.max(0, Math.min(most, value));
      svg.setAttribute('viewBox', [clamp(view.x - event.movementX * scale, whole[2] - view.width), clamp(view.y - event.movementY * scale, whole[3] - view.height), view.width, view.height].join(' '));
    });
    svg.addEventListener('keydown', event => {
      const factor = { '+': .8, '-': 1.25, 0: 1e9 }[event.key];
      if (!factor || !figure.classList.contains('large')) return;
      const view = svg.viewBox.baseVal;
      look(view.x + view.width / 2, view.y + view.height / 2, factor);
    });
    add('SVG', 'Download as SVG', () => download(name + '.svg', 'image/svg+xml', drawing(svg)));
    add('CSV', svg.dataset.table ? 'Download the table of its numbers' : 'Download what is drawn', () => download(name + '.csv', 'text/csv', csv(svg)));
    figure.querySelector('figcaption').append(tools);
  }

  // The address holds the state; an address without '=' is a place on the page.
  function save() {
    const parts = [];
    const filters = Object.entries(state.filter).map(([axis, value]) => `${encodeURIComponent(axis)}:${encodeURIComponent(value)}`);
    if (filters.length) parts.push('f=' + filters.join(';'));
    if (state.pin !== null) parts.push('p=' + state.pin);
    if (state.figure) parts.push('m=' + state.figure);
    if (state.across) parts.push('a=' + encodeURIComponent(state.across));
    if (state.hidden.size) parts.push('h=' + [...state.hidden].join(';'));
    history.replaceState(null, '', '#' + parts.join('&'));
    apply();
  }
  const decode = text => { try { return decodeURIComponent(text); } catch { return text; } };
  function load() {
    if (location.hash && !location.hash.includes('=')) return;
    const given = new Map(location.hash.slice(1).split('&').map(part => [part.slice(0, 1), part.slice(2)]));
    state.filter = Object.fromEntries((given.get('f') || '').split(';').filter(Boolean).map(pair => pair.split(':').map(decode)));
    state.pin = given.has('p') && isFinite(given.get('p')) ? Number(given.get('p')) : null;
    state.figure = given.get('m') || null;
    state.across = given.has('a') ? decode(given.get('a')) : null;
    state.hidden = new Set((given.get('h') || '').split(';').filter(Boolean));
    apply();
  }
  function apply() {
    applyFilter();
    applyHidden();
    if (percentiles.length) show(null, pinned());
  }
  addEventListener('hashchange', load);
  addEventListener('beforeprint', () => { if (!document.body.classList.contains('long')) for (const details of all('details')) details.open = true; });
  load();
})();
