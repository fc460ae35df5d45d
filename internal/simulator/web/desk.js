// The union's side of the page: what workers registered, and what staff do with it. As on the phone, everything that comes
// from outside becomes text nodes.
'use strict';

const desk = {shown: '', drafts: new Map(), told: new Map(), later: new Set()};

async function lookAtDesk() {
  if ($('desk').hidden || document.hidden) return;
  const response = await fetch('/sim/desk').catch(() => null);
  if (!response || !response.ok) return;
  const {cases} = await response.json();
  const seen = JSON.stringify([cases, [...desk.told]]);
  if (seen === desk.shown) return; // nobody who is writing is disturbed
  desk.shown = seen;
  if (!cases.length) {
    $('desk').replaceChildren(el('p', {className: 'empty'}, '还没有人登记。在手机上走完一件（比如“欠薪情况登记”），这里就能看到，替工会的人受理、答复。'));
    return;
  }
  $('desk').replaceChildren(...cases.map(caseNode));
}

function caseNode(one) {
  const answer = el('textarea', {rows: 2, maxLength: 500, placeholder: '写给职工的答复', ariaLabel: `答复 ${one.ticket}`, value: desk.drafts.get(one.ticket) || ''});
  answer.addEventListener('input', () => desk.drafts.set(one.ticket, answer.value));
  const later = el('input', {type: 'checkbox', checked: desk.later.has(one.ticket)});
  later.addEventListener('change', () => later.checked ? desk.later.add(one.ticket) : desk.later.delete(one.ticket));
  const step = (name, text) => button({className: 'step', onclick: () => takeStep(one, name, answer.value)}, text);
  const open = one.status !== 'closed';
  return el('article', {className: 'case'},
    el('h3', {}, `${one.title}　${one.ticket}`, el('span', {className: 'status'}, one.name)),
    el('dl', {}, ...one.lines.flatMap(({name, value}) => [el('dt', {}, name), el('dd', {}, value)])),
    one.answer ? el('p', {className: 'answered'}, `答复：${one.answer}`) : null,
    open ? answer : null,
    open ? el('label', {className: 'later'}, later, '当作过了三天：超过 48 小时，微信不让直接发') : null,
    open ? el('p', {className: 'todo'}, one.status === 'new' ? step('take', '受理') : null, step('answer', '答复'), step('close', '办结')) : null,
    el('p', {className: 'told', role: 'status'}, desk.told.get(one.ticket) || ''));
}

async function takeStep(one, step, note) {
  const later = desk.later.has(one.ticket);
  const response = await fetch('/sim/desk', {
    method: 'POST', headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({ticket: one.ticket, step, note: step === 'answer' ? note : '', later, phone: one.phone}),
  }).catch(() => null);
  const told = response ? await response.json() : {error: '连不上演示程序，看看它还开着没有'};
  desk.told.set(one.ticket, told.error || told.told || '');
  if (!told.error && step === 'answer') {
    desk.drafts.delete(one.ticket);
    desk.later.delete(one.ticket);
  }
  desk.shown = '';
  lookAtDesk();
}

function startDesk() {
  $('tab-desk').hidden = false;
  $('tab-desk').addEventListener('click', lookAtDesk);
  setInterval(lookAtDesk, 2000);
}
