// A mini program as it uses the API: it logs in, asks, fills in guided dialogues by native fields, shows one's own cases and
// deletes them. Everything that comes from outside becomes text nodes: nothing here makes markup of a string.
'use strict';

const $ = id => document.getElementById(id);
const state = {api: '', token: '', openID: '', menu: [], said: '', answer: null, number: 0};
const away = '连不上，过一会儿再试；着急就打工会热线 12351';

function el(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const button = (text, onclick, className = '') => el('button', {type: 'button', className, onclick}, text);
const isWeb = address => /^https?:\/\//i.test(address || '');

/* ---- the API ---- */

class Trouble extends Error {}

// login does what wx.login and the mini program's first call do.
async function login() {
  const code = `code-${Date.now()}${Math.floor(Math.random() * 1e6)}-${state.openID}`;
  const answer = await send('POST', '/login', {code}, false);
  state.token = answer.token;
}

// send makes one call. A call without an answer is made again: the same id is the same message.
async function send(method, path, order, again = true) {
  for (let tries = 1; ; tries++) {
    let response;
    try {
      response = await fetch(state.api + path, {
        method, body: order ? JSON.stringify(order) : undefined,
        headers: {...order && {'Content-Type': 'application/json'}, ...state.token && {Authorization: `Bearer ${state.token}`}},
      });
    } catch {
      if (tries < 3) continue;
      throw new Trouble(away);
    }
    if (response.status === 401 && again) {
      again = false;
      await login();
      continue;
    }
    if (response.status === 204) return null;
    const answer = await response.json().catch(() => ({detail: away}));
    if (!response.ok) throw new Trouble(answer.detail || away);
    return answer;
  }
}

// busy does one thing at a time, and says what went wrong.
async function busy(what) {
  if (state.busy) return;
  state.busy = true;
  $('trouble').hidden = true;
  for (const control of document.querySelectorAll('#view button')) control.disabled = true;
  try {
    await what();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    $('trouble').textContent = trouble.message;
    $('trouble').hidden = false;
  } finally {
    state.busy = false;
    for (const control of document.querySelectorAll('#view button')) control.disabled = false;
  }
}

// tell sends what somebody wrote or chose, or the key of a menu button, and shows the answer.
function tell(order, said) {
  return busy(async () => {
    const id = crypto.randomUUID();
    state.answer = await send('POST', '/messages', {id, ...order});
    state.said = said;
    showAnswer();
  });
}

const say = (text, shown) => tell({text}, shown || text);

/* ---- views ---- */

// The numbers that workers are given; a tap rings them up.
const numbers = /(?<![\d-])(0\d{2,3}-\d{5,8}|12\d{3}|110|119|120)(?![\d-])/;

// withNumbers makes links of the telephone numbers in a text.
function withNumbers(text) {
  return text.split(numbers).map((piece, i) => i % 2 ? el('a', {href: `tel:${piece}`, className: 'number'}, piece) : piece);
}

function show(title, home, ...nodes) {
  $('title').textContent = title;
  $('back').hidden = home;
  $('view').replaceChildren(...nodes.filter(Boolean));
  $('view').scrollTop = 0;
}

function current(tab) {
  for (const id of ['to-home', 'to-cases']) {
    if (id === tab) $(id).setAttribute('aria-current', 'page');
    else $(id).removeAttribute('aria-current');
  }
}

function askForm(label, placeholder) {
  const text = el('input', {ariaLabel: label, placeholder, maxLength: 2000, enterKeyHint: 'send', autocomplete: 'off'});
  const form = el('form', {className: 'ask', onsubmit: event => {
    event.preventDefault();
    if (text.value.trim()) say(text.value.trim());
  }}, text, el('button', {className: 'main'}, '问'));
  return form;
}

function showHome() {
  current('to-home');
  const sections = state.menu.map(top => {
    const below = top.sub || [top];
    return el('section', {}, el('h2', {}, top.name), el('div', {className: 'grid'}, ...below.map(menuNode)));
  });
  show('贵阳工会', true, askForm('要问的事', '有事您说'), ...sections);
}

function menuNode(one) {
  if (one.key) return button(one.name, () => tell({key: one.key}, one.name));
  if (isWeb(one.url)) return el('a', {href: one.url, target: '_blank', rel: 'noopener noreferrer'}, one.name);
  return button(one.name, showHome);
}

function showAnswer() {
  current('to-home');
  const {text, form, choices = [], links = []} = state.answer;
  if (form && !form.waits) return showForm();
  const words = el('div', {className: 'panel', tabIndex: -1},
    el('p', {className: 'words'}, ...withNumbers(text || '好的。')),
    el('div', {className: 'choices'},
      ...links.filter(link => isWeb(link.url)).map(link => el('a', {href: link.url, target: '_blank', rel: 'noopener noreferrer'}, link.text)),
      ...choices.map(choice => button(choice.label, () => say(choice.send, choice.label)))));
  const on = form ? button(`接着办“${form.title}”`, () => say('继续'), 'quiet wide') : null;
  const filed = /受理号/.test(text) ? button('看我的登记', showCases, 'main wide') : null;
  show('贵阳工会', false, state.said ? el('p', {className: 'said'}, `您说：${state.said}`) : null, words, on, filed, askForm('接着问', '还想问什么'));
  words.focus({preventScroll: true});
}

/* ---- guided dialogues ---- */

// What stands in a native form by itself.
const stepLine = /^第\d+步\/共\d+步\n/m;

function showForm() {
  const {text, form, choices = []} = state.answer;
  const words = el('p', {className: 'words', tabIndex: -1, id: 'words'}, ...withNumbers(text.replace(stepLine, '').trim()));
  const progress = form.of ? el('div', {className: 'steps'}, el('span', {}, `第 ${form.at} 步，共 ${form.of} 步`),
    el('progress', {max: form.of, value: form.at - 1, ariaLabel: '办到哪里'})) : null;
  const field = (fields[form.kind] || fields.choices)(form, choices);
  const around = [
    form.of && form.at > 1 || form.asks === 'confirm' ? button('上一步', () => say('上一步'), 'quiet') : null,
    form.optional ? button('跳过', () => say('跳过'), 'quiet') : null,
    form.kind === '手机号' && !form.optional ? button('没有手机', () => say('没有手机'), 'quiet') : null,
    button('不办了', () => say('取消'), 'quiet'),
  ];
  show(form.title, false, progress, el('div', {className: 'panel', role: 'group', ariaLabel: '问题'}, words, field),
    el('div', {className: 'around'}, ...around),
    el('details', {}, el('summary', {}, '用自己的话说'), askForm('用自己的话说', '比如“区县写错了，是云岩”')));
  words.focus({preventScroll: true});
}

// filled is a form with one field and a button; value gives what is said, "" when nothing is filled in.
function filled(value, ...inside) {
  return el('form', {onsubmit: event => {
    event.preventDefault();
    const text = value();
    if (text) say(text);
  }}, ...inside, el('button', {className: 'main wide'}, '下一步'));
}

// line is a form with one line to write in.
function line(form, label, properties, unit, spoken = value => value) {
  const input = el('input', {id: 'field', required: true, autocomplete: 'off', ...properties});
  input.setAttribute('aria-describedby', 'words');
  return filled(() => input.value.trim() && spoken(input.value.trim()),
    el('label', {className: 'label', htmlFor: 'field'}, label), el('div', {className: 'unit'}, input, unit || null));
}

const monthOf = value => value.replace(/^(\d+)-0?(\d+)$/, '$1年$2月');
const dayOf = value => value.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

// fields are the native fields by kind of step.
const fields = {
  手机号: form => line(form, '手机号', {type: 'tel', inputMode: 'numeric', maxLength: 13, autocomplete: 'tel-national'}),
  金额: form => line(form, '多少钱', {inputMode: 'decimal', maxLength: 20}, '元', value => /^[\d.]+$/.test(value) ? `${value}元` : value),
  人数: form => line(form, '多少人', {inputMode: 'numeric', maxLength: 10}, '人', value => /^\d+$/.test(value) ? `${value}人` : value),
  日期: form => line(form, '哪一天', {type: 'date'}, '', dayOf),
  年月: form => line(form, '哪个月', {type: 'month'}, '', monthOf),
  受理号: form => line(form, '受理号', {inputMode: 'numeric', maxLength: 14}),
  文字: form => {
    const text = el('textarea', {id: 'field', required: true, maxLength: 500});
    text.setAttribute('aria-describedby', 'words');
    return filled(() => text.value.trim(), el('label', {className: 'label', htmlFor: 'field'}, '写在这里'), text);
  },
  选一个: form => el('div', {className: 'grid options'}, ...(form.options || []).map(option => button(option, () => say(option)))),
  选几个: chooseSome,
  choices: (_, choices) => el('div', {className: 'choices'}, ...choices.map(choice => button(choice.label, () => say(choice.send, choice.label)))),
};

function chooseSome(form) {
  const inputs = (form.options || []).map(option => el('input', {type: 'checkbox', name: 'option', value: option}));
  return filled(() => inputs.filter(input => input.checked).map(input => input.value).join('、'),
    el('fieldset', {}, el('legend', {}, '可以选几个'), ...inputs.map(input => el('label', {}, input, input.value))));
}

/* ---- one's own ---- */

function showCases() {
  return busy(async () => {
    const {cases} = await send('GET', '/cases');
    current('to-cases');
    const list = cases.map(one => el('article', {className: 'panel case'}, el('h3', {}, one.title), el('dl', {},
      el('dt', {}, '受理号'), el('dd', {}, one.ticket),
      el('dt', {}, '登记时间'), el('dd', {}, new Date(one.opened).toLocaleString('zh-CN', {dateStyle: 'long', timeStyle: 'short'})),
      el('dt', {}, '进度'), el('dd', {}, one.status),
      ...one.answer ? [el('dt', {}, '答复'), el('dd', {}, one.answer)] : [])));
    show('我的登记', false, ...list.length ? list : [el('p', {className: 'empty'}, '还没有登记过。')], button('删除我的资料', askToDelete, 'quiet wide'));
    $('title').focus({preventScroll: true});
  });
}

// askToDelete asks once: deleting cannot be undone.
function askToDelete() {
  const sure = el('div', {className: 'sure', tabIndex: -1}, el('p', {}, '登记的、填过的、聊天记录都会删掉，工会也看不到了，删了找不回来。'),
    el('div', {className: 'around'}, button('都删掉', forget, 'main'), button('不删', showCases, 'quiet')));
  $('view').lastElementChild.replaceWith(sure);
  sure.focus();
}

function forget() {
  return busy(async () => {
    await send('DELETE', '/me');
    state.token = '';
    await login();
    state.answer = {text: '都删掉了。有事照样可以问我，或者打工会热线 12351。'};
    state.said = '';
    showAnswer();
  });
}

/* ---- start ---- */

function openIDOf() {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const known = sessionStorage.getItem('mini');
  const made = known || 'm' + Array.from(crypto.getRandomValues(new Uint8Array(26)), byte => letters[byte % letters.length]).join('');
  sessionStorage.setItem('mini', made);
  return made;
}

async function start() {
  state.openID = openIDOf();
  $('back').addEventListener('click', showHome);
  $('to-home').addEventListener('click', showHome);
  $('to-cases').addEventListener('click', showCases);
  await busy(async () => {
    const setup = await fetch('/sim/setup').then(response => response.json()).catch(() => ({}));
    if (!setup.api) throw new Trouble('这个演示没有小程序');
    state.api = setup.api;
    await login();
    state.menu = (await send('GET', '/menu')).buttons;
  });
  showHome();
}

start();
