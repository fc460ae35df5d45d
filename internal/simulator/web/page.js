// The phone page. Everything that comes from outside becomes text nodes: nothing here makes markup of a string.
'use strict';

const $ = id => document.getElementById(id);
const title = '贵阳工会（演示）';
const narrow = matchMedia('(max-width: 700px)');
const state = {
  phone: '',      // the openid
  following: true,
  exchanges: [],  // {said, answer}, oldest first
  at: -1,         // the exchange in the inspector
  waiting: 0,
  stamped: 0,     // when the chat last showed the time
  mode: '',       // of the account
  arrived: 0,     // messages that were no reply
  mini: false,    // there is a page that plays the mini program
};

// el makes an element; children that are no nodes become text.
function el(tag, properties, ...children) {
  const {dataset, ...rest} = properties || {};
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const button = (properties, ...children) => el('button', {type: 'button', ...properties}, ...children);
const duration = ms => ms < 1 ? '不到 1 毫秒' : ms < 1000 ? `${Math.round(ms)} 毫秒` : `${(ms / 1000).toFixed(1)} 秒`;
const setting = name => Number(document.querySelector(`input[name=${name}]:checked`).value);
const isWeb = address => /^https?:\/\//i.test(address || '');

/* ---- the chat ---- */

function append(node, long) {
  const chat = $('chat');
  const now = Date.now();
  if (now - state.stamped > 5 * 60 * 1000) {
    const time = new Date(now).toLocaleTimeString('zh-CN', {hour: '2-digit', minute: '2-digit', hour12: false});
    chat.insertBefore(el('p', {className: 'time'}, time), $('typing'));
    state.stamped = now;
  }
  chat.insertBefore(node, $('typing'));
  // A reply longer than the screen is read from its top.
  if (long && node.offsetHeight > chat.clientHeight - 24) chat.scrollTop = node.offsetTop - chat.offsetTop - 12;
  else chat.scrollTop = chat.scrollHeight;
}

function note(text) { append(el('p', {className: 'note'}, text)); }

function bubble(who, ...content) {
  return el('div', {className: `row ${who}`},
    el('span', {className: 'avatar', ariaHidden: 'true'}, who === 'me' ? '我' : ''),
    el('div', {className: 'said'},
      el('span', {className: 'unseen'}, who === 'me' ? '我说：' : '公众号说：'), ...content));
}

function partNode(part) {
  switch (part.kind) {
    case 'link':
      if (!isWeb(part.url)) break;
      return el('a', {href: part.url, target: '_blank', rel: 'noopener noreferrer', className: 'link'}, part.text);
    case 'choice':
      return button({className: 'link choice', onclick: () => say(part.send, part.menu_id)}, part.text);
    case 'mini':
      return openMini(part.app_id, part.path, part.text);
  }
  return part.text;
}

function cardNode(card) {
  const inside = [el('span', {className: 'picture', ariaHidden: 'true'}), el('strong', {}, card.title), el('span', {}, card.description)];
  if (!isWeb(card.url)) return el('div', {className: 'card'}, ...inside);
  return el('a', {className: 'card', href: card.url, target: '_blank', rel: 'noopener noreferrer'}, ...inside);
}

// show puts the account's reply on the phone, with a way to what is behind it.
function show(answer, index) {
  const shown = answer.shown;
  const label = `${duration(answer.took_ms)} · ${decisionOf(answer)[0]}`;
  const behind = button({className: 'behind', ariaLabel: `看底细：${label}`, onclick: () => { select(index); openInspector(); }}, label);
  switch (shown.kind) {
    case 'text': return append(bubble('them', el('div', {className: 'bubble'}, ...shown.parts.map(partNode)), behind), true);
    case 'card': return append(bubble('them', cardNode(shown.card), behind), true);
    case 'media': return append(bubble('them', el('div', {className: 'bubble'}, `［${shown.text}］`), behind));
    case 'transfer': note('已转给人工客服，接下来由工作人员跟您聊'); break;
    case 'broken': note(shown.text); break;
  }
  append(el('p', {className: 'aside'}, behind));
}

// arrivalNode is how a message that is no reply looks.
function arrivalNode(message) {
  switch (message.kind) {
    case 'news': return cardNode(message.card);
    case 'miniprogrampage':
      return openMini(message.app_id, message.path, el('div', {className: 'card page'},
        el('span', {}, '小程序'), el('strong', {}, message.title), el('span', {className: 'picture', ariaHidden: 'true'})));
    case 'notice':
      return el('div', {className: 'card notice'}, el('strong', {}, '服务通知'),
        el('dl', {}, ...message.lines.flatMap(({name, value}) => [el('dt', {}, noticeNames[name.replace(/\d+$/, '')] || name), el('dd', {}, value)])));
  }
  return el('div', {className: 'bubble'}, ...message.parts.map(partNode));
}

// noticeNames stand for the names that a template gives its fields; WeChat shows those.
const noticeNames = {character_string: '受理号', thing: '事项', phrase: '进度', time: '时间'};

// openMini makes what opens a mini program: the page that plays one, where there is it.
function openMini(appID, path, ...inside) {
  if (state.mini) return el('a', {className: 'link mini', href: `/mini#${encodeURIComponent(path || '')}`, target: '_blank', rel: 'noopener'}, ...inside);
  return button({className: 'link mini', onclick: () => note(noMini(appID, path))}, ...inside);
}

const noMini = (appID, path) => `这里会打开小程序 ${appID} 的 ${path || '首页'}，演示里打不开`;

// shownTyping shows for a while that an answer is being written.
function shownTyping() {
  $('title').textContent = '对方正在输入…';
  setTimeout(() => pending(0), 15000);
}

// arrive shows what the account sends of its own accord.
async function arrive() {
  const phone = state.phone;
  try {
    const response = await fetch(`/sim/arrivals?phone=${encodeURIComponent(phone)}&after=${state.arrived}`);
    if (!response.ok) return;
    for (const message of await response.json()) {
      if (phone !== state.phone || message.number !== state.arrived + 1) return;
      state.arrived = message.number;
      if (message.kind === 'typing') shownTyping();
      else append(bubble('them', arrivalNode(message)), true);
    }
  } catch { /* the program is gone; sending says so */ }
}

function pending(change) {
  state.waiting += change;
  const waiting = state.waiting > 0;
  $('typing').hidden = !waiting;
  $('title').textContent = waiting ? '对方正在输入…' : title;
  if (waiting) $('chat').scrollTop = $('chat').scrollHeight;
}

/* ---- to WeChat ---- */

// push has WeChat deliver something, and shows what comes back. said is how the inspector names it.
async function push(kind, fields, said) {
  const phone = state.phone;
  pending(1);
  try {
    const response = await fetch(`/sim/push/${kind}`, {
      method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({phone, copies: setting('copies'), delay_s: setting('delay'), ...fields}),
    });
    const answer = await response.json();
    if (phone !== state.phone) return;
    if (!response.ok) return note(`没发出去：${answer.error}`);
    state.exchanges.push({said, answer});
    show(answer, state.exchanges.length - 1);
    select(state.exchanges.length - 1);
  } catch {
    if (phone === state.phone) note('连不上演示程序，看看它还开着没有');
  } finally {
    if (phone === state.phone) pending(-1);
  }
}

function say(text, menuID) {
  text = text.trim();
  if (!text || !state.following) return;
  append(bubble('me', el('div', {className: 'bubble'}, text)));
  push('text', menuID ? {text, menu_id: menuID} : {text}, text);
}

const extras = {
  image: () => el('div', {className: 'bubble photo', role: 'img', ariaLabel: '一张照片'}),
  location: () => el('div', {className: 'bubble place'}, el('strong', {}, '贵州省贵阳市'), el('span', {className: 'map', ariaHidden: 'true'})),
  voice: () => el('div', {className: 'bubble voice'}, '3″ 语音'),
};

function sendExtra(kind, name) {
  closePopups();
  if (!state.following) return;
  append(bubble('me', extras[kind]()));
  push(kind, {}, `［${name}］`);
}

function tap(path, chosen) {
  closePopups();
  if (!state.following) return;
  note(`点了菜单“${chosen.name}”`);
  if (chosen.app_id && state.mini) append(el('p', {className: 'note'}, openMini(chosen.app_id, chosen.path, `打开小程序：${chosen.path || '首页'}`)));
  else if (chosen.app_id) note(noMini(chosen.app_id, chosen.path));
  else if (!chosen.key && isWeb(chosen.url)) {
    append(el('p', {className: 'note'}, '会打开 ',
      el('a', {href: chosen.url, target: '_blank', rel: 'noopener noreferrer'}, chosen.url)));
  }
  push('menu', {button: path}, `菜单：${chosen.name}`);
}

/* ---- phones ---- */

function startPhone(fresh) {
  const remembered = sessionStorage.getItem('phone');
  state.phone = !fresh && remembered || newOpenID();
  sessionStorage.setItem('phone', state.phone);
  Object.assign(state, {exchanges: [], at: -1, waiting: 0, stamped: 0, arrived: 0});
  $('chat').replaceChildren(el('div', {id: 'typing', className: 'row them', hidden: true},
    el('span', {className: 'avatar', ariaHidden: 'true'}),
    el('div', {className: 'bubble dots-bubble', ariaLabel: '对方正在输入'}, el('i'), el('i'), el('i'))));
  pending(0);
  select(-1);
  const before = !fresh && remembered;
  setFollowing(!before || sessionStorage.getItem('following') !== 'no');
  if (before) note('还是刚才那部手机');
  else follow();
}

function newOpenID() {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
  const bytes = crypto.getRandomValues(new Uint8Array(27));
  return 'o' + Array.from(bytes, byte => letters[byte % 64]).join('');
}

function setFollowing(following) {
  state.following = following;
  sessionStorage.setItem('following', following ? 'yes' : 'no');
  $('phone').classList.toggle('unfollowed', !following);
  $('follow').firstChild.textContent = following ? '取消关注' : '关注';
  $('follow').lastChild.textContent = following ? '公众号会收到取消关注的事件' : '公众号会收到关注的事件';
  for (const control of document.querySelectorAll('#text, #send, #open-extras, #hints button, #menu button')) control.disabled = !following;
  $('text').placeholder = following ? '有事您说' : '没有关注，发不了消息';
}

function follow() {
  setFollowing(true);
  note('您关注了这个公众号');
  push('subscribe', {}, '［关注］');
}

function unfollow() {
  setFollowing(false);
  note('您取消了关注，公众号不能再给您发消息');
  push('unsubscribe', {}, '［取消关注］');
}

/* ---- the custom menu and other things that open ---- */

function buildMenu(buttons) {
  const menu = $('menu');
  menu.hidden = !buttons.length;
  menu.replaceChildren(...buttons.map((top, i) => {
    if (!top.sub) return el('div', {className: 'top'}, button({onclick: () => tap([i], top)}, top.name));
    const list = el('div', {className: 'sub', id: `sub-${i}`, inert: true},
      ...top.sub.map((sub, j) => button({onclick: () => tap([i, j], sub)}, sub.name)));
    const opener = button({ariaExpanded: 'false', className: 'opener', onclick: () => toggle(opener, list)}, top.name);
    opener.setAttribute('aria-controls', list.id);
    return el('div', {className: 'top'}, opener, list);
  }));
}

// toggle opens or closes what control stands for; only one thing is open at a time.
function toggle(control, popup) {
  const opens = control.ariaExpanded !== 'true';
  closePopups();
  if (opens) setOpen(control, popup, true);
}

function setOpen(control, popup, open) {
  control.ariaExpanded = String(open);
  if (popup.classList.contains('sub')) {
    popup.inert = !open;
    popup.classList.toggle('open', open);
  } else {
    popup.hidden = !open;
  }
}

function closePopups() {
  for (const control of document.querySelectorAll('#phone [aria-expanded=true]')) {
    setOpen(control, $(control.getAttribute('aria-controls')), false);
  }
}

/* ---- the inspector ---- */

const decisions = {
  answer: ['直接回答', 'good', '听懂了，照知识库里核对过的话回答。'],
  clarify: ['请您选一个', 'unsure', '拿不太准，给出两三个最像的让职工自己点。'],
  flow: ['一步步登记', 'flow', '正在按步骤问情况。'],
  human: ['转人工', 'human', '职工要找人，或者机器连着没帮上。'],
  crisis: ['紧急求助', 'crisis', '听出有危险，先给急救和援助电话，不由机器猜。'],
  abuse: ['劝一劝', 'unsure', '骂人的话，礼貌地回一句。'],
  outside: ['不归工会 / 没听懂', 'outside', '不是工会的事，或者没弄明白，指个去处。'],
  ignore: ['不回话', 'outside', '这样的消息不用回。'],
};

function decisionOf(answer) {
  if (answer.shown.kind === 'broken') return ['没答上', 'crisis', answer.shown.fault || ''];
  if (answer.inspect && decisions[answer.inspect.decision]) return decisions[answer.inspect.decision];
  return answer.shown.kind === 'none' ? ['没有回话', 'outside', '公众号回了 success：收到，但不说话。'] : ['已回复', 'good', ''];
}

function select(index) {
  state.at = index;
  const exchange = state.exchanges[index];
  const count = state.exchanges.length;
  $('position').textContent = count ? `第 ${index + 1} 条，共 ${count} 条` : '还没有消息';
  $('previous').disabled = index <= 0;
  $('next').disabled = index >= count - 1;
  const empty = () => el('p', {className: 'empty'}, '在手机上发一条消息，这里就能看到它是怎么被听懂、怎么收发的。');
  $('heard').replaceChildren(...(exchange ? heard(exchange) : [empty()]));
  $('session').replaceChildren(...(exchange ? session(exchange) : [empty()]));
  $('wire').replaceChildren(...(exchange ? wire(exchange) : [empty()]));
}

function heard({said, answer}) {
  const inspect = answer.inspect;
  const [name, tone, meaning] = decisionOf(answer);
  const facts = [`一共 ${duration(answer.took_ms)}`];
  if (inspect) {
    facts.push(`其中思考 ${duration(inspect.took_ms)}`);
    if (inspect.attribute) facts.push(`追问：${inspect.attribute}`);
    if (inspect.repeated) facts.push('重发的，照第一次的回复');
    if (inspect.degraded) facts.push('存不了会话，只答常见问题');
    if (inspect.knowledge) facts.push(`知识库 ${inspect.knowledge}`);
  }
  const nodes = [
    el('blockquote', {}, said),
    el('p', {className: 'verdict'}, el('span', {className: `badge ${tone}`}, name), ...about(inspect)),
    el('p', {className: 'meaning'}, meaning),
    el('ul', {className: 'facts'}, ...facts.map(fact => el('li', {}, fact))),
  ];
  if (!inspect) return [...nodes, el('p', {className: 'empty'}, '这条消息没有更多底细。')];
  if (inspect.candidates.length) {
    nodes.push(el('h3', {}, '最像哪几件事'), el('ol', {className: 'candidates'}, ...inspect.candidates.slice(0, 5).map(candidate)));
  }
  if (inspect.why.length) {
    nodes.push(el('h3', {}, '为什么'), el('ul', {className: 'why'}, ...inspect.why.map(line => el('li', {}, line))));
  }
  return nodes;
}

// about names the matter that was answered, by its title too where that is known.
function about(inspect) {
  if (!inspect || !inspect.intent) return [];
  const known = inspect.candidates.find(one => one.intent === inspect.intent);
  return [known && known.title, el('code', {}, inspect.intent)].filter(Boolean);
}

function candidate({intent, title, probability}) {
  const percent = Math.round(probability * 100);
  const fill = el('span', {className: 'fill'});
  fill.style.width = `${percent}%`;
  return el('li', {}, el('span', {className: 'what'}, title || intent, title ? el('code', {}, intent) : null),
    el('span', {className: 'percent'}, percent || probability <= 0 ? `${percent}%` : '<1%'), el('span', {className: 'track', ariaHidden: 'true'}, fill));
}

function session({answer}) {
  const lines = answer.inspect ? answer.inspect.state : [];
  return [
    el('h3', {}, '这部手机'), el('p', {}, el('code', {className: 'openid'}, state.phone)),
    el('h3', {}, '公众号记着的'),
    lines.length ? el('ul', {className: 'state'}, ...lines.map(line => el('li', {}, line))) : el('p', {className: 'empty'}, '什么都没记。'),
  ];
}

const modes = {plain: '明文模式：收发都不加密', compat: '兼容模式：明文和密文一起收', safe: '安全模式：收发都加密'};
const outcomes = {answered: '已回复', cut: '等不到，断开了', unreachable: '连不上'};

function wire({answer}) {
  const tries = answer.tries;
  const nodes = [el('p', {className: 'mode'}, modes[state.mode] || '')];
  if (tries.length > 1) {
    const same = answer.replies < 2 ? `只收到 ${answer.replies} 个回复`
      : answer.identical ? `${answer.replies} 个回复逐字节一致` : `${answer.replies} 个回复不一致`;
    nodes.push(el('p', {className: `same ${answer.replies > 1 ? answer.identical ? 'good' : 'crisis' : 'outside'}`, id: 'same'},
      `同一条消息送了 ${tries.length} 次，${same}`));
  }
  if (answer.shown.fault) nodes.push(el('p', {className: 'same crisis'}, answer.shown.fault));
  return nodes.concat(tries.map((one, i) => {
    const summary = [`第 ${one.number} 次`, one.status || '没有回应', duration(one.took_ms), outcomes[one.outcome]];
    if (one.late) summary.push('迟到了仍送到');
    return el('details', {open: i === 0}, el('summary', {}, summary.join(' · ')),
      block('请求行和请求头', one.head), block('请求正文', one.body), block('消息原文（解密后）', one.plain),
      block('状态和回复头', one.reply_head), block('回复正文', one.reply), block('回复原文（解密后）', one.opened));
  }));
}

function block(name, text) {
  if (!text) return null;
  const copy = button({className: 'copy', ariaLabel: `复制：${name}`, onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = '已复制';
    } catch {
      getSelection().selectAllChildren(copy.closest('figure').querySelector('pre'));
      copy.textContent = '已选中';
    }
  }}, '复制');
  return el('figure', {}, el('figcaption', {}, name, copy), el('pre', {tabIndex: 0}, text));
}

function openInspector() {
  if (!narrow.matches) return;
  document.body.classList.add('sheet');
  $('shade').hidden = false;
  $('phone').inert = true;
  $('inspector').focus();
}

function closeInspector() {
  if (!document.body.classList.contains('sheet')) return;
  document.body.classList.remove('sheet');
  $('shade').hidden = true;
  $('phone').inert = false;
  $('open-inspector').focus();
}

function chooseTab(tab) {
  for (const other of document.querySelectorAll('[role=tab]')) {
    const chosen = other === tab;
    other.ariaSelected = String(chosen);
    other.tabIndex = chosen ? 0 : -1;
    $(other.getAttribute('aria-controls')).hidden = !chosen;
  }
}

function showNetwork() {
  const copies = setting('copies'), delay = setting('delay');
  const parts = [];
  if (copies > 1) parts.push(`重发：同时送 ${copies} 次`);
  if (delay) parts.push(delay > 5 ? `延迟 ${delay} 秒：微信等 5 秒没回音就重发` : `延迟 ${delay} 秒`);
  $('network').textContent = parts.join(' · ');
  $('network').hidden = !parts.length;
}

/* ---- wiring ---- */

function grow() {
  const text = $('text');
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 118)}px`;
}

function submit(event) {
  event.preventDefault();
  say($('text').value);
  $('text').value = '';
  grow();
}

function wireComposer() {
  $('composer').addEventListener('submit', submit);
  $('text').addEventListener('input', grow);
  $('text').addEventListener('focus', closePopups);
  // Enter is taken where it would break the line, as a phone's keyboard may report no key at all. The Enter that
  // chooses a word of an IME sends nothing.
  let shift = false, composing = false;
  $('text').addEventListener('keydown', event => { shift = event.shiftKey; composing = event.isComposing; });
  $('text').addEventListener('beforeinput', event => {
    if (event.inputType !== 'insertLineBreak' || shift) return;
    if (composing || event.isComposing) event.preventDefault();
    else submit(event);
  });
  $('send').addEventListener('pointerdown', event => event.preventDefault()); // the keyboard stays
  $('hints').addEventListener('click', event => event.target.matches('button') && say(event.target.textContent));
  $('hints').addEventListener('wheel', event => { $('hints').scrollLeft += event.deltaY; }, {passive: true});
  $('open-extras').addEventListener('click', () => toggle($('open-extras'), $('extras')));
  for (const tile of $('extras').children) {
    tile.addEventListener('click', () => sendExtra(tile.dataset.kind, tile.firstChild.textContent));
  }
}

function wirePhone() {
  $('open-phone-menu').addEventListener('click', () => toggle($('open-phone-menu'), $('phone-menu')));
  $('new-phone').addEventListener('click', () => { closePopups(); startPhone(true); });
  $('follow').addEventListener('click', () => { closePopups(); state.following ? unfollow() : follow(); });
  document.addEventListener('click', event => {
    if (!event.target.closest('[aria-expanded], .drop, .sub, .extras')) closePopups();
  });
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    const open = document.querySelector('#phone [aria-expanded=true]');
    closePopups();
    if (open) open.focus();
    else closeInspector();
  });
}

function wireInspector() {
  $('open-inspector').addEventListener('click', openInspector);
  $('close-inspector').addEventListener('click', closeInspector);
  $('shade').addEventListener('click', closeInspector);
  narrow.addEventListener('change', closeInspector);
  $('previous').addEventListener('click', () => select(state.at - 1));
  $('next').addEventListener('click', () => select(state.at + 1));
  const tabs = [...document.querySelectorAll('[role=tab]')];
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => chooseTab(tab));
    tab.addEventListener('keydown', event => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      if (!step) return;
      const to = tabs[(i + step + tabs.length) % tabs.length];
      chooseTab(to);
      to.focus();
    });
  });
  for (const input of document.querySelectorAll('.switches input')) input.addEventListener('change', showNetwork);
}

async function start() {
  wireComposer();
  wirePhone();
  wireInspector();
  showNetwork();
  try {
    const setup = await (await fetch('/sim/setup')).json();
    state.mode = setup.mode;
    buildMenu(setup.menu || []);
    if (setup.arrivals) setInterval(arrive, 2000);
    if (setup.desk) startDesk();
    state.mini = setup.mini;
  } catch {
    // The first push will tell that the program is gone.
  }
  startPhone(false);
  if (!narrow.matches) $('text').focus();
}

start();
