/* desk.js — 登记台：证件号即时核对、停笔比对、信访形式切换。没有它照样能登记。基线 Chromium 86。 */
(function () {
'use strict';
var d = document, form = d.getElementById('f'), beside = d.getElementById('beside');
if (!form) return;
function id(name) { return d.getElementById(name); }
function field(name) { return form.elements[name]; }
function all(selector) { return [].slice.call(d.querySelectorAll(selector)); }

/* 1. 换一种信访形式：整页换版，已录内容带过去 */
all('input[name=channel]').forEach(function (radio) {
  radio.addEventListener('change', function () {
    var go = d.createElement('input');
    go.type = 'hidden'; go.name = 'do'; go.value = 'channel';
    form.appendChild(go); form.dataset.sent = '1'; form.submit();
  });
});

/* 2. 证件号：校验位、性别、年龄；校验位不对只提醒，照样能登记 */
var weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], marked = false;
function checked(n) { return '10X98765432'[weights.reduce(function (sum, w, i) { return sum + w * n[i]; }, 0) % 11] === n[17]; }
function identify(typed) {
  var n = id('idno').value.replace(/[\s-]/g, '').toUpperCase(), age = id('age'), hint = id('idhint'), status = id('idst');
  if (id('org').checked || id('idtype').value !== '111') { age.hidden = hint.hidden = true; return; }
  var whole = /^\d{17}[\dX]$/.test(n), bad = whole && !checked(n) || n.length > 18;
  hint.textContent = bad ? '校验位不对，请核对；确实如此的按“证件不符”登记' : '';
  hint.hidden = !bad;
  if (typed && bad && status.value === 'stated') { status.value = 'mismatch'; marked = true; }
  if (typed && !bad && marked) { status.value = 'stated'; marked = false; }
  age.hidden = true;
  if (!whole) return;
  var now = new Date(), born = +n.slice(6, 10), years = now.getFullYear() - born - (n.slice(10, 14) > ('0' + (now.getMonth() + 1)).slice(-2) + ('0' + now.getDate()).slice(-2) ? 1 : 0);
  if (typed) id('sex').value = n[16] % 2 ? '男' : '女';
  if (years < 0 || years > 120) return;
  age.textContent = years + ' 岁' + (years >= 60 ? ' · 优先接待' : '');
  age.className = years >= 60 ? 'tag am' : 'tag';
  age.hidden = false;
}

/* 3. 显隐：人数满五人展开代表，检举控告展开被检举人，另选单位展开理由 */
function show() {
  var aim = d.querySelector('input[name=aim]:checked'), first = d.querySelector('#unit_options .opt input'), unit = d.querySelector('input[name=unit]:checked');
  all('[data-report]').forEach(function (n) { n.hidden = !aim || aim.value !== 'report'; });
  var other = !!(unit && first && unit !== first && first.value !== 'triage' && unit.value !== 'triage');
  if (!id('why').value && !id('why_error')) id('whybox').hidden = !other;
}
function crowd() { if (+id('ppl').value >= 5 || id('agent').checked) id('more').open = true; }

/* 4. 另选：选中的变成一条单选，与建议同样看得见 */
function add(box, label) {
  [].slice.call(box.querySelectorAll('[data-own],div.opt')).forEach(function (n) { n.remove(); });
  box.appendChild(label);
}
all('select[data-other]').forEach(function (select) {
  select.addEventListener('change', function (e) {
    if (!select.value) return;
    var name = select.dataset.other, box = id(name + '_options'), found = null;
    [].slice.call(box.querySelectorAll('input')).forEach(function (n) { if (n.value === select.value) found = n; });
    if (!found) {
      var label = d.createElement('label'), text = d.createElement('span'), group = select.selectedOptions[0].parentNode.label;
      label.className = 'opt'; label.dataset.own = '1'; text.className = 'el b';
      text.textContent = (name === 'cat' && group ? group + ' › ' : '') + select.selectedOptions[0].text;
      found = d.createElement('input'); found.type = 'radio'; found.name = name; found.value = select.value;
      label.appendChild(found); label.appendChild(text);
      add(box, label);
    }
    select.value = ''; e.stopPropagation();
    found.checked = true; found.dispatchEvent(new Event('change', { bubbles: true }));
  });
});

/* 5. 停笔 100 毫秒、满 6 个字才比对；新的一次取消上一次 */
var timer = 0, compared = '';
function ask() {
  clearTimeout(timer);
  timer = setTimeout(function () {
    var enough = ['txt', 'idno', 'tel'].some(function (name) { return id(name).value.trim().length >= 6; });
    var now = ['txt', 'idno', 'nm', 'tel', 'addr', 'loc', 'tgt', 'litigation', 'accused_unit', 'claims', 'repeat', 'tie', 'day', 'ppl'].map(function (name) { return field(name).value; }).join('\n') + (d.querySelector('input[name=aim]:checked') || {}).value + (d.querySelector('input[name=cat]:checked') || {}).value + form.querySelectorAll('input[type=checkbox]:checked').length;
    if (!enough || now === compared || !window.htmx) return;
    compared = now;
    window.htmx.trigger(beside, 'compare');
  }, 100);
}
form.addEventListener('input', function (e) { if (e.target.id === 'idno') identify(true); if (e.target.id === 'ppl') crowd(); ask(); });
form.addEventListener('change', function (e) { if (e.target.id === 'org') identify(false); if (e.target.id === 'agent') crowd(); show(); ask(); });
d.addEventListener('htmx:beforeSwap', function (e) { if (e.detail.target && e.detail.target.id === 'panel') beside.style.minHeight = beside.offsetHeight + 'px'; });
/* 问出去以后又选、又改的，照现在的：晚到的回答不把它换掉 */
var sent = {}, own = ['cat', 'unit', 'claims', 'repeat', 'tie'];
function held(box, name) { return box.querySelector('[name=' + name + ']:checked,[name=' + name + ']:not([type=radio])'); }
function keep(box, fresh) {
  own.forEach(function (name) {
    var mine = held(box, name), twin = null;
    if (!mine || mine.value === sent[name]) return;
    [].slice.call(fresh.querySelectorAll('[name=' + name + ']')).forEach(function (n) {
      n.checked = false;
      if (n.type !== 'radio' || n.value === mine.value) twin = n;
    });
    if (!twin) add(fresh, mine.closest('label').cloneNode(true));
    else if (twin.type === 'radio') twin.checked = true;
    else twin.value = mine.value;
  });
}
d.addEventListener('htmx:beforeRequest', function (e) { if (e.target === beside) own.forEach(function (name) { var n = held(form, name); sent[name] = n ? n.value : ''; }); });
d.addEventListener('htmx:oobBeforeSwap', function (e) {
  var box = e.detail.target;
  if (box.contains(d.activeElement)) e.detail.shouldSwap = false;
  else if (box.id && e.detail.fragment.firstElementChild) keep(box, e.detail.fragment.firstElementChild);
});
d.addEventListener('htmx:afterSettle', show);
d.addEventListener('keydown', function (e) {                /* Esc：收起比对结果 */
  if (e.key === 'Escape' && beside.contains(d.activeElement)) { id('txt').focus(); }
});

/* 6. 与从前那一件的关系：不离开本页 */
d.addEventListener('click', function (e) {
  var button = e.target.closest && e.target.closest('[data-tie]');
  if (!button || !window.htmx) return;
  e.preventDefault();
  var told = button.dataset.tie.split(':');
  field('tie').value = told[0]; field('repeat').value = told[1] || '';
  ask();
});

/* 7. 选了哪些文件 */
id('files').addEventListener('change', function () {
  var box = id('picked');
  box.textContent = ''; box.hidden = !id('files').files.length;
  [].slice.call(id('files').files).forEach(function (file) { var tag = d.createElement('span'); tag.className = 'tag'; tag.textContent = file.name; box.appendChild(tag); });
});

/* 8. 粘贴截图：图片并入要上传的文件；在文字框里粘贴文字照旧 */
form.addEventListener('paste', function (e) {
  var box = id('files'), pasted = [].slice.call(e.clipboardData && e.clipboardData.files || []);
  if (!pasted.length || e.clipboardData.getData('text/plain')) return;
  var all = new DataTransfer();
  [].slice.call(box.files).forEach(function (file) { all.items.add(file); });
  pasted.forEach(function (file, i) {
    var name = file.name === 'image.png' ? '截图' + new Date().toTimeString().slice(0, 8).replace(/:/g, '') + (i || '') + '.png' : file.name;
    all.items.add(new File([file], name, { type: file.type }));
  });
  e.preventDefault();
  box.files = all.files;
  box.dispatchEvent(new Event('change', { bubbles: true }));
});

/* 9. 常用概况：回车或“插入”放进光标处；上下键只换选，不插入 */
var phrase = id('phrase');
function putIn() {
  var body = phrase.selectedOptions[0].dataset.body, txt = id('txt');
  if (!body) return false;
  var at = txt.selectionStart, before = txt.value.slice(0, at);
  txt.value = before + (before && before.slice(-1) !== '\n' ? '\n' : '') + body + txt.value.slice(txt.selectionEnd);
  phrase.value = ''; txt.focus();
  var gap = txt.value.indexOf('＿＿');
  if (gap > -1) txt.setSelectionRange(gap, gap + 2);
  txt.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}
if (phrase) {
  id('putin').addEventListener('click', function (e) { if (putIn()) e.preventDefault(); });
  phrase.addEventListener('keydown', function (e) { if (e.key === 'Enter' && putIn()) { e.preventDefault(); e.stopPropagation(); } });
}

identify(false); show();
if (id('txt').value.trim().length >= 6 && !id('seen').value) ask();
})();
