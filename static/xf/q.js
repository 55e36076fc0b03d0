/* q.js — 查询页：扫码得来的查询码在网址的 # 之后，浏览器不把它发给服务器；填进表单后即从地址栏抹去。 */
(function () {
'use strict';
var code = document.getElementById('code'), told = '';
try { told = decodeURIComponent(location.hash.slice(1)); } catch (e) { told = ''; }
if (!code || !told || !/^[0-9A-Za-z -]{8,24}$/.test(told)) return;
code.value = told;
history.replaceState(null, '', location.pathname + location.search);
var next = document.getElementById('tel4');
if (next) next.focus();
})();
