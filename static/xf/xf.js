/* xf.js — 键盘、录入与草稿。没有它页面照样能用；有它更快。基线 Chromium 86。 */
(function () {
'use strict';
var d = document, root = d.documentElement;
function $(s, r) { return (r || d).querySelector(s); }
function $$(s, r) { return [].slice.call((r || d).querySelectorAll(s)); }
function on(type, fn, opt) { d.addEventListener(type, fn, opt); }
function shown(n) { return n.getClientRects().length > 0; }
function usable(n) { return !n.disabled && n.getAttribute('aria-disabled') !== 'true' && shown(n); }
function recall(k) { try { return localStorage.getItem(k); } catch (e) { return null; } }
function keep(k, v) { try { localStorage.setItem(k, v); } catch (e) { /* 隐私模式下不记住即可 */ return; } }
function typing(n) { return n.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(n.tagName) && !/^(checkbox|radio|button|submit)$/.test(n.type); }
function make(tag, cls, text) { var n = d.createElement(tag); if (cls) n.className = cls; if (text) n.textContent = text; return n; }
var singles = recall('xf-keys') !== 'off';                 /* WCAG 2.1.4：单字母键可以关掉 */

/* 1. 回车到下一项：只在登记表的单行项；输入法组字时不动，永不误提交 */
function stops(form) {
  return $$('input,select,textarea,button[type=submit]', form).filter(function (n) {
    return usable(n) && !n.readOnly && !/^(hidden|checkbox|file)$/.test(n.type) && (n.type !== 'radio' || n.checked);
  });
}
on('keydown', function (e) {
  var form = e.target.closest && e.target.closest('form[data-desk]');
  if (!form || e.key !== 'Enter' || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey || e.shiftKey) return;
  if (/^(TEXTAREA|BUTTON|A|SUMMARY)$/.test(e.target.tagName)) return;
  e.preventDefault();
  var all = stops(form), next = all[all.indexOf(e.target) + 1];
  if (e.target.type === 'radio' && !e.target.checked) e.target.click();
  if (!next) return;
  next.focus();
  if (next.select && next.type !== 'radio') next.select();
});

/* 日期框里年、月、日各占一次 Tab：改成一次就走，框内用左右键，Alt+↓ 出日历 */
on('keydown', function (e) {
  var n = e.target;
  if (e.key !== 'Tab' || n.type !== 'date' || e.ctrlKey || e.altKey) return;
  var all = $$('a[href],button,input,select,textarea,summary,[tabindex="0"]').filter(function (x) {
    return !x.disabled && x.tabIndex > -1 && shown(x) && (x.type !== 'radio' || x.checked || !$('input[name="' + x.name + '"]:checked', x.form || d));
  }), next = all[all.indexOf(n) + (e.shiftKey ? -1 : 1)];
  if (!next) return;
  e.preventDefault();
  next.focus();
  if (next.select && typing(next)) next.select();
});

/* 横向滚动的表格里没有可停的控件时，表格自己可停，键盘才滚得动 */
$$('.scroll').forEach(function (n) { if (n.scrollWidth > n.clientWidth && !$('a,button,input', n)) n.tabIndex = 0; });

/* 2. 快捷键：写在控件的 data-key 上，按下等于点它 */
function pressed(e) {
  return (e.ctrlKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey && e.key.length > 1 ? 'Shift+' : '') + (e.key.length === 1 ? e.key.toUpperCase() : e.key);
}
function owner(k) { return $$('[data-key]').filter(function (n) { return n.getAttribute('data-key') === k && usable(n); })[0]; }
function nextSection() {
  var form = $('form[data-desk]'), all = form ? $$('section[aria-labelledby]', form) : [];
  if (!all.length) return false;
  var here = d.activeElement && d.activeElement.closest ? d.activeElement.closest('section[aria-labelledby]') : null;
  for (var i = 1; i <= all.length; i++) {
    var sec = all[(all.indexOf(here) + i) % all.length], f = $('[data-main]', sec) || $('input:checked', sec) || $$('input,select,textarea', sec).filter(usable)[0];
    if (f) { f.focus(); return true; }
  }
  return false;
}
function inList(k) {
  var rows = $$('.tbl.m tbody tr').filter(shown);
  if (!rows.length) return false;
  var at = rows.indexOf(d.activeElement && d.activeElement.closest ? d.activeElement.closest('tr') : null);
  if (k === 'X') { var box = at > -1 && $('input[type=checkbox]', rows[at]); if (box) box.click(); return !!box; }
  var link = $('a.t', rows[Math.max(0, Math.min(rows.length - 1, at + (k === 'J' ? 1 : -1)))]);
  if (link) link.focus();
  return !!link;
}
on('keydown', function (e) {
  if (e.isComposing || e.keyCode === 229 || e.defaultPrevented || $('.veil')) return;
  var k = pressed(e);
  if (k.length === 1 && (!singles || typing(e.target))) return;
  if (k === 'F1') { e.preventDefault(); openSheet(); return; }
  if (k === '/') { var q = $('#q'); if (q && shown(q)) { e.preventDefault(); q.focus(); q.select(); } return; }
  if (k === 'F8' && nextSection()) { e.preventDefault(); return; }
  var b = owner(k);
  if (b) { e.preventDefault(); b.click(); return; }
  if (/^[JKX]$/.test(k) && inList(k)) e.preventDefault();
});

/* 3. 本页快捷键表（F1）：从页面上的 data-key 生成 */
function words(n) {
  var label = n.getAttribute('aria-label') || n.getAttribute('data-label');
  if (label) return label;
  var c = (n.tagName === 'INPUT' && n.closest('label') || n).cloneNode(true);
  $$('kbd,.sr,small', c).forEach(function (x) { x.remove(); });
  return c.textContent.trim().replace(/\s+/g, ' ');
}
function openSheet() {
  if ($('.veil')) return;
  var back = d.activeElement, veil = make('div', 'veil'), box = make('div', 'sheet'), list = make('dl'), seen = {};
  function row(k, text) { if (seen[k]) return; seen[k] = 1; var t = make('dt'); t.appendChild(make('kbd', '', k)); list.appendChild(t); list.appendChild(make('dd', '', text)); }
  $$('[data-key]').filter(usable).forEach(function (n) { row(n.getAttribute('data-key'), words(n)); });
  if ($('form[data-desk]')) { row('Enter', '下一项'); row('F8', '下一区'); }
  if ($('.tbl.m tbody tr')) { row('J', '下一行'); row('K', '上一行'); row('Enter', '打开当前行'); row('X', '选中当前行'); }
  if ($('#q')) row('/', '全局搜索');
  row('F1', '本页快捷键');
  var title = make('h2', '', '本页快捷键'), label = make('label', 'tick'), sw = make('input'), close = make('button', 'btn p', '关闭');
  title.id = 'sheet-t';
  sw.type = 'checkbox'; sw.checked = singles;
  sw.addEventListener('change', function () { singles = sw.checked; keep('xf-keys', singles ? 'on' : 'off'); });
  label.appendChild(sw); label.appendChild(d.createTextNode('启用单字母快捷键'));
  close.type = 'button';
  box.setAttribute('role', 'dialog'); box.setAttribute('aria-modal', 'true'); box.setAttribute('aria-labelledby', 'sheet-t');
  var foot = make('div', 'row wrap'), gap = make('span', 'sp');
  [label, gap, close].forEach(function (n) { foot.appendChild(n); });
  [title, list, foot].forEach(function (n) { box.appendChild(n); });
  veil.appendChild(box); d.body.appendChild(veil); close.focus();
  function shut() { veil.remove(); if (back && back.focus) back.focus(); }
  close.addEventListener('click', shut);
  veil.addEventListener('click', function (e) { if (e.target === veil) shut(); });
  veil.addEventListener('keydown', function (e) {
    if (e.key === 'Escape' || e.key === 'F1') { e.preventDefault(); shut(); }
    if (e.key === 'Tab') { e.preventDefault(); (d.activeElement === close ? sw : close).focus(); }
  });
}

/* 4. 选中后的外观与计数（旧内核没有 :has） */
function sync(n) {
  var hold = n.closest('.opt,.seg label');
  if (hold) $$('input[name="' + n.name + '"]').forEach(function (x) { var h = x.closest('.opt,.seg label'); if (h) h.classList.toggle('on', x.checked); });
  var row = n.type === 'checkbox' && n.closest('.tbl tbody tr');
  if (row) row.classList.toggle('on', n.checked);
}
function tally() {
  $$('[data-picked]').forEach(function (n) { n.textContent = $$('.tbl tbody input[type=checkbox]:checked').length; });
}
function lengths(n) {
  $$('[data-len-for]').forEach(function (x) { if (x.getAttribute('data-len-for') === n.id) x.textContent = n.value.length; });
}
function answered(n) { return 'value' in n ? n.value.trim() !== '' : !!$('input:checked', n); }
function required(form) {
  var lamp = form && $('[data-req]', form);
  if (!lamp) return;
  var all = $$('[aria-required=true],[data-required]', form), done = all.filter(answered).length;
  lamp.textContent = '必填 ' + done + ' / ' + all.length;
  lamp.className = 'lamp ' + (done === all.length ? 'g' : 'r');
}
on('change', function (e) {
  var n = e.target;
  if (n.hasAttribute('data-all')) $$('tbody input[type=checkbox]', n.closest('table')).forEach(function (b) { b.checked = n.checked; sync(b); });
  if (/^(radio|checkbox)$/.test(n.type)) { sync(n); tally(); }
  required(n.form);
});
on('input', function (e) { if (e.target.tagName === 'TEXTAREA') lengths(e.target); required(e.target.form); });
on('click', function (e) {
  var t = e.target.closest && e.target.closest('[data-print],[data-keysheet],[data-clear],[data-accept]');
  if (!t) return;
  if (t.hasAttribute('data-print')) window.print();
  if (t.hasAttribute('data-keysheet')) openSheet();
  if (t.hasAttribute('data-clear')) $$('.tbl input:checked').forEach(function (b) { b.checked = false; b.indeterminate = false; sync(b); tally(); });
  if (t.hasAttribute('data-accept')) t.getAttribute('data-accept').split(' ').forEach(function (name) {   /* 采纳首选建议 */
    var first = $('.opt input[name="' + name + '"]');
    if (first && !first.checked) { first.checked = true; first.dispatchEvent(new Event('change', { bubbles: true })); }
  });
});

/* 5. 令牌与过期：登录过期时保留已录内容，另开窗口登录后接着用 */
function token() { var m = /csrftoken=([^;]+)/.exec(d.cookie), meta = $('meta[name=csrf]'); return m ? m[1] : meta ? meta.content : ''; }
function lapsed(status, url) { return status === 401 || !!url && root.dataset.login && url.split('?')[0].split('//').pop().replace(/^[^/]*/, '') === root.dataset.login; }
var expired = null;
function expire() {
  if (expired) return;
  expired = make('div', 'note am mb2'); expired.setAttribute('role', 'alert');
  var box = make('div', '', '登录已过期，已录入的内容仍在本页，没有丢失。'), a = make('a', '', '在新窗口重新登录');
  a.href = root.dataset.login; a.target = '_blank'; a.rel = 'noopener';
  box.appendChild(a); box.appendChild(d.createTextNode('，完成后回到本页继续。')); expired.appendChild(box);
  var main = $('#main'); main.insertBefore(expired, main.firstChild);
}
function revive() {
  if (expired) { expired.remove(); expired = null; }
  $$('input[name=csrfmiddlewaretoken]').forEach(function (n) { n.value = token(); });
}
window.addEventListener('focus', function () {
  if (!expired) return;
  fetch(location.href, { method: 'HEAD', credentials: 'same-origin', redirect: 'manual' }).then(function (r) { if (r.ok) { revive(); $$('form[data-draft-url]').forEach(later); } }, function () { return null; });
});
on('htmx:configRequest', function (e) { e.detail.headers['X-CSRFToken'] = token(); });
on('htmx:beforeSwap', function (e) { if (lapsed(e.detail.xhr.status, e.detail.xhr.responseURL)) { e.detail.shouldSwap = false; expire(); } });
on('htmx:afterSwap', function (e) { tune(e.detail.elt || d); });

/* 6. 草稿：停笔 1.5 秒后存一次；离开页面前补存；断网后每 10 秒再试 */
function clock() { return new Date().toTimeString().slice(0, 8); }
function say(form, text) { var n = $('[data-draft-status]', form) || $('[data-draft-status]'); if (n) n.textContent = text; }
function later(form, wait) { clearTimeout(form.draftTimer); form.draftTimer = setTimeout(function () { save(form); }, typeof wait === 'number' ? wait : 1500); }
function save(form, leaving) {
  if (form.dataset.sent) return;
  var body = new FormData(form);
  $$('input[type=file]', form).forEach(function (n) { if (n.name) body.delete(n.name); });
  form.draftDirty = false;
  fetch(form.dataset.draftUrl, { method: 'POST', body: body, credentials: 'same-origin', redirect: 'manual', keepalive: !!leaving, headers: { 'X-CSRFToken': token(), Accept: 'application/json' } }).then(function (r) {
    if (r.status === 401 || r.type === 'opaqueredirect') { form.draftDirty = true; say(form, '草稿未存：登录已过期'); expire(); return null; }
    if (!r.ok) throw new Error(r.status);
    revive();
    say(form, '草稿已存 ' + clock());
    return /json/.test(r.headers.get('Content-Type') || '') ? r.json() : null;
  }).then(function (made) {
    var slot = made && made.draft && $('input[name=draft]', form);
    if (slot) slot.value = made.draft;
  }).catch(function () { form.draftDirty = true; say(form, '草稿暂未存上，稍后自动重试'); later(form, 10000); });
}
function touched(e) {
  var form = e.target.form;
  if (!form || !form.dataset.draftUrl || e.target.type === 'file') return;
  form.draftDirty = true; later(form);
}
on('input', touched); on('change', touched);
on('visibilitychange', function () { if (d.visibilityState === 'hidden') $$('form[data-draft-url]').forEach(function (f) { if (f.draftDirty) save(f, true); }); });

/* 7. 连点两次只交一次；返回本页时恢复 */
on('submit', function (e) {
  var f = e.target;
  if (e.defaultPrevented || f.method !== 'post' || f.hasAttribute('hx-post')) return;
  if (f.dataset.sent) { e.preventDefault(); return; }
  f.dataset.sent = '1'; clearTimeout(f.draftTimer);
});
window.addEventListener('pageshow', function () { $$('form[data-sent]').forEach(function (f) { delete f.dataset.sent; }); });

/* 8. 初始化，也用于换入的片段：错误摘要取得焦点，脚本才有用的控件此时现身 */
function tune(r) {
  var sum = $('.errsum', r) || r.classList && r.classList.contains('errsum') && r;
  if (sum) { sum.tabIndex = -1; sum.focus(); }
  $$('[data-js][hidden]', r).forEach(function (n) { n.hidden = false; });
  $$('textarea', r).forEach(lengths);
  $$('.opt input:checked,.seg input:checked,.tbl tbody input:checked', r).forEach(sync);
  $$('form[data-desk]').forEach(required); tally();
}
tune(d);
if (d.body.hasAttribute('data-autoprint')) window.addEventListener('load', function () { window.print(); });
})();
