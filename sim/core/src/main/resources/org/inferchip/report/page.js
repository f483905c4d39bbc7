// Sorts tables and tells values under the pointer; works from a file, without a network.
(() => {
  const tip = document.getElementById('tip');
  const tell = (text, x, y) => {
    tip.textContent = text;
    if (!text) return;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 4)) + 'px';
    tip.style.top = (y + 18 + box.height > innerHeight ? y - box.height - 8 : y + 18) + 'px';
  };

  // Cells: a number where the page knows one, else the text.
  const key = cell => cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
  const order = (a, b) => {
    if (typeof a === typeof b) {
      return typeof a === 'number' ? a - b : a.localeCompare(b, 'en', {numeric: true});
    }
    return typeof a === 'number' ? -1 : 1; // what is no number comes last
  };
  const sorted = (items, of, sign) =>
    items.map((item, at) => [of(item), at, item]).sort((a, b) => {
      const numbers = typeof a[0] === typeof b[0];
      return (numbers ? sign : 1) * order(a[0], b[0]) || a[1] - b[1];
    }).map(one => one[2]);
  const next = head => {
    const sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    head.closest('table').querySelectorAll('[aria-sort]')
      .forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
    return sign;
  };
  const sortRows = head => {
    const body = head.closest('table').tBodies[0];
    const column = head.cellIndex;
    body.append(...sorted([...body.rows], row => key(row.cells[column]), next(head)));
  };
  const sortColumns = head => {
    const by = [...head.parentNode.cells];
    const columns = by.slice(1).map(cell => cell.cellIndex);
    const places = sorted(columns, at => key(by[at]), next(head));
    for (const row of head.closest('table').rows) {
      const cells = [...row.cells];
      row.append(...places.map(at => cells[at]));
    }
  };
  document.addEventListener('click', event => {
    const head = event.target.closest && event.target.closest('th button')?.parentNode;
    if (head) (head.scope === 'col' ? sortRows : sortColumns)(head);
  });

  const figureOf = cell => {
    const value = Number(cell.dataset.v);
    const row = cell.parentNode.cells[0].textContent;
    const column = cell.closest('table').tHead.rows[0].cells[cell.cellIndex].textContent;
    const first = Number(cell.parentNode.cells[1].dataset.v);
    const rank = cell.closest('table').dataset.by === 'row' && first > 0 && cell.cellIndex > 1
      ? '\n' + (value / first).toPrecision(3) + ' × ' +
        cell.closest('table').tHead.rows[0].cells[1].textContent
      : '';
    return row + '\n' + column + ': ' + cell.dataset.v + rank;
  };

  // Charts: each figure has its spots as [x, y, width, height, text] in the picture's pixels.
  const nearest = (spots, x, y, reach) => {
    let best = -1;
    let least = reach;
    spots.forEach(([left, top, width, height], at) => {
      const dx = Math.max(left - x, 0, x - left - width);
      const dy = Math.max(top - y, 0, y - top - height);
      const distance = Math.hypot(dx, dy) + 1e-3 * Math.hypot(left + width / 2 - x, top + height / 2 - y);
      if (distance < least) [best, least] = [at, distance];
    });
    return best;
  };
  for (const figure of document.querySelectorAll('figure[data-width]')) {
    const picture = figure.querySelector('.picture');
    const spots = JSON.parse(figure.querySelector('script').textContent);
    const mark = document.createElement('span');
    mark.className = 'spot';
    mark.hidden = true;
    picture.append(mark);
    let at = -1;
    const point = to => {
      at = to;
      mark.hidden = at < 0;
      if (at < 0) return tell('');
      const box = picture.getBoundingClientRect();
      const scale = box.width / figure.dataset.width;
      const [left, top, width, height, text] = spots[at];
      const x = (left + width / 2) * scale;
      const y = (top + height / 2) * scale;
      mark.style.left = x + 'px';
      mark.style.top = y + 'px';
      tell(text, box.left + x, box.top + y);
    };
    picture.addEventListener('pointermove', event => {
      const box = picture.getBoundingClientRect();
      const scale = figure.dataset.width / box.width;
      point(nearest(spots, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale, 30 * scale));
    });
    picture.addEventListener('pointerleave', () => point(-1));
    figure.addEventListener('blur', () => point(-1));
    figure.addEventListener('keydown', event => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      if (event.key === 'Escape') point(-1);
      if (!step || !spots.length) return;
      event.preventDefault();
      point((at + step + spots.length + (at < 0 && step < 0 ? 1 : 0)) % spots.length);
    });
  }
  document.addEventListener('pointerover', event => {
    const cell = event.target.closest && event.target.closest('td[data-v]');
    if (cell) tell(figureOf(cell), event.clientX, event.clientY);
    else if (!event.target.closest || !event.target.closest('.picture')) tell('');
  });
})();
