var k=`.root {
  font-family: var(--st-font);
  --ink: var(--st-text-color);
  --muted: color-mix(in srgb, var(--st-text-color) 68%, var(--st-background-color));
  --line: var(--st-border-color);
  --raised: var(--st-secondary-background-color);
  --radius: var(--st-base-radius);
  font-size: 0.9333rem;
  line-height: 1.5;
  color: var(--ink);
}
.root *,
.root *::before {
  box-sizing: border-box;
}
:where(.root) button {
  font: inherit;
  color: inherit;
  cursor: pointer;
}
:where(.root) :focus-visible {
  outline: 2px solid var(--st-primary-color);
  outline-offset: 2px;
}
.chip {
  display: inline-flex;
  align-items: center;
  gap: 0.35em;
  max-width: 100%;
  padding: 0 0.45em;
  border-radius: calc(var(--radius) * 0.7);
  background: color-mix(in srgb, var(--class-color) 16%, transparent);
  font-size: 0.8rem;
  line-height: 1.45rem;
  white-space: nowrap;
}
.chip-name {
  overflow: hidden;
  text-overflow: ellipsis;
}
.swatch {
  flex: none;
  width: 0.6em;
  height: 0.6em;
  border-radius: 2px;
  background: var(--class-color);
}
kbd {
  padding: 0 0.35em;
  border: 1px solid var(--line);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--st-background-color);
  font: 0.75rem/1.25rem var(--st-code-font);
  color: var(--muted);
}
`;function s(o,e="",t=""){let n=document.createElement(o);return e&&(n.className=e),t&&(n.textContent=t),n}function p(o,e,t){let n=s("button",o,e);return n.type="button",n.onclick=t,n}function N(o,e,t){let n=s("style");n.textContent=t;let r=s("div",e);return o.append(n,r),r}var w=class{constructor(e,t,n){this.component=e;this.text=t;this.debounceMs=n;this.stamp=e.data.stamp}component;text;debounceMs;stamp;client=crypto.getRandomValues(new Uint32Array(1))[0].toString(36);edits=0;timer;update(e){let t=e.data.revision!==this.component.data.revision;return this.component=e,t&&(this.cancel(),this.stamp=e.data.stamp),t}get answered(){return this.component.data.stamp===this.stamp}get unsent(){return this.timer!==void 0}edited(){this.edits+=1,this.stamp=`${this.client}-${this.edits}`,clearTimeout(this.timer),this.timer=setTimeout(()=>this.send(),this.debounceMs)}send(){this.cancel(),this.component.setStateValue("edit",this.edit())}trigger(e){return this.send(),this.component.setTriggerValue(e,this.edit()),!0}leave(){this.unsent&&this.trigger("left")}cancel(){clearTimeout(this.timer),this.timer=void 0}edit(){return this.stamp||=`${this.client}-0`,{text:this.text(),stamp:this.stamp,revision:this.component.data.revision}}};var ee=["ctrlKey","metaKey","shiftKey","altKey"],h,D=!1,O=0;function _(){return h&&(location.pathname!==h.from||Date.now()-h.began>1500)&&(h=void 0),h!==void 0}function K(){D||(D=!0,window.addEventListener("click",te,{capture:!0}),window.addEventListener("focusout",()=>O=Date.now(),{capture:!0}))}function te(o){let e=oe(o);e&&(o.isTrusted?(o.preventDefault(),o.stopImmediatePropagation(),H(e),setTimeout(()=>e.click(),Date.now()-O<1e3?80:50)):H(e))}function H(o){o.pathname!==location.pathname&&(h={from:location.pathname,began:Date.now()})}function oe(o){if(o.button!==0||ee.some(n=>o[n]))return;let e=o.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var A=50;function J(o){let e=new WeakMap;return K(),t=>{let n=re(t),r=n.parentElement,i=e.get(r);return i?i.update(n):e.set(r,o(n)),()=>{r.host.isConnected||(e.get(r)?.close(),e.delete(r))}}}function re(o){let{parentElement:e}=o,t=location.pathname,n=r=>{let i=(a,l,d=0)=>{(_()||location.pathname!==t)&&d<1500?setTimeout(()=>i(a,l,d+A),A):e.host.isConnected&&r(a,l)};return(a,l)=>i(a,l)};return{data:o.data,parentElement:e,setStateValue:n(o.setStateValue),setTriggerValue:n(o.setTriggerValue)}}var G=`.builder {
  container-type: inline-size;
}
.fields {
  display: flex;
  flex-direction: column;
  gap: 0.5rem;
}
.top {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem;
}
.top .field {
  flex: 1 1 6rem;
}
.field {
  display: flex;
  flex-direction: column;
  gap: 0.15rem;
  min-width: 0;
}
label {
  font-size: 0.8rem;
  color: var(--muted);
}
input,
textarea,
select {
  width: 100%;
  min-width: 0;
  padding: 0.3rem 0.5rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--st-background-color);
  color: inherit;
  font: inherit;
  font-size: 0.9rem;
  line-height: 1.45;
}
textarea {
  display: block;
  resize: vertical;
}
.code,
textarea {
  font-family: var(--st-code-font);
  font-size: 0.85rem;
}
::placeholder {
  color: var(--muted);
  opacity: 1;
}
input:focus-visible,
textarea:focus-visible,
select:focus-visible {
  outline: none;
  border-color: var(--st-primary-color);
  box-shadow: 0 0 0 1px var(--st-primary-color);
}
[aria-invalid="true"] {
  border-color: var(--st-red-text-color, #c0362c);
}
select.class {
  border-left: 0.45rem solid var(--class-color);
}
.switches {
  display: flex;
  flex-wrap: wrap;
  gap: 0.3rem;
}
.toggle,
.add,
.cross {
  padding: 0.1rem 0.5rem;
  border: 1px solid var(--line);
  border-radius: var(--st-button-radius);
  background: none;
  color: var(--muted);
  font-size: 0.8rem;
}
.toggle:hover,
.add:hover,
.cross:hover {
  border-color: var(--st-primary-color);
  color: var(--ink);
}
.toggle[aria-pressed="true"] {
  border-color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 16%, transparent);
  color: var(--ink);
}
.toggle[aria-pressed="true"]::before {
  content: "\u2713 ";
}
.not[aria-pressed="true"]::before {
  content: "";
}
.not {
  font-weight: 600;
}
.group,
.condition {
  display: flex;
  flex-direction: column;
  gap: 0.35rem;
  padding: 0.45rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.group {
  background: var(--raised);
}
.root-group {
  padding: 0;
  border: none;
  background: none;
}
.condition {
  background: var(--st-background-color);
}
.negated {
  border-left: 3px solid var(--st-primary-color);
}
.head {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.3rem;
}
.head select {
  flex: 1 1 6rem;
  width: auto;
  padding: 0.15rem 0.3rem;
  font-size: 0.85rem;
}
.root-group > .head select,
.group > .head select {
  flex: 0 1 auto;
}
.group > .head .cross {
  margin-left: auto;
}
.when {
  color: var(--muted);
  font-size: 0.85rem;
}
.parts {
  display: flex;
  flex-direction: column;
  gap: 0.25rem;
}
.join {
  padding-left: 0.5rem;
  color: var(--muted);
  font-size: 0.72rem;
  font-weight: 600;
  letter-spacing: 0.04em;
}
.foot {
  display: flex;
  gap: 0.3rem;
}
.range {
  display: flex;
  align-items: center;
  gap: 0.4rem;
}
.and {
  color: var(--muted);
  font-size: 0.85rem;
}
.problem {
  min-height: 1.2rem;
  margin-top: 0.35rem;
  font-size: 0.8rem;
  color: var(--muted);
  overflow-wrap: anywhere;
}
.problem:not(:empty)::before {
  content: "! ";
}
.keys {
  color: var(--muted);
  font-size: 0.75rem;
}
`;var R=0;function f(o,e,t=""){let n=s("div",`field ${t}`),r=s("label","",o);return R+=1,e.id=`field-${R}`,r.htmlFor=e.id,n.append(r,e),n}function b(o,e,t){let n=s("input");return n.type="text",n.value=o,n.autocomplete="off",n.spellcheck=!1,n.setAttribute("aria-label",e),n.oninput=()=>t(n.value),n}function E(o,e,t,n){let r=s("textarea"),i=()=>r.rows=Math.min(Math.max(r.value.split(`
`).length,t),12);return r.value=o,r.spellcheck=!1,r.setAttribute("aria-label",e),r.oninput=()=>{i(),n(r.value)},i(),r}function u(o,e,t,n){let r=s("select"),i=e.some(([a])=>a===o);for(let[a,l]of i?e:[...e,[o,o||"\u2013"]]){let d=s("option","",l);d.value=a,r.append(d)}return r.value=o,r.setAttribute("aria-label",t),r.onchange=()=>n(r.value),r}function g(o,e,t,n){let r=p("toggle",o,()=>{let i=r.ariaPressed!=="true";r.ariaPressed=String(i),n(i)});return r.title=e,r.ariaPressed=String(t),r}var F={words:"contains",pattern:"matches","=":"=","!=":"\u2260","<":"<","<=":"\u2264",">":">",">=":"\u2265",between:"is between","one of":"is one of",empty:"is empty"};function m(o,e="words"){return{kind:"condition",not:!1,column:o,test:e,words:"",match:"any",wholeWord:!0,matchCase:!1,pattern:"",value:"",upper:""}}function v(o,e){return{kind:"group",not:!1,join:o,parts:e}}function W(o,e,t){let n=String(t.label??"");if(o!=="rule")return{name:e,label:n,root:v("all",[z(t)])};let r=S(t.when);return{name:e,label:n,root:r.kind==="group"&&!r.not?r:v("all",[r])}}function j(o,e,t){let n=e.root.parts[0];if(o==="keyword"){let{match:r,wholeWord:i,matchCase:a,column:l}=n,d=x(n.words);return{column:l,words:d,label:e.label,match:r,whole_word:i,match_case:a}}if(o==="regex"){let{column:r,pattern:i,matchCase:a}=n;return{column:r,pattern:i,label:e.label,match_case:a}}return{label:e.label,when:P(e.root,t)}}function x(o){return o.split(`
`).map(e=>e.trim()).filter(Boolean)}function y(o,e){let t=o.trim();if(e==="integer"||e==="number"){let n=Number(t);return t&&Number.isFinite(n)?n:""}return e==="boolean"?t==="true"||t==="false"?t==="true":"":t}function S(o){if("not"in o){let e=S(o.not);return e.not?{...v("all",[e]),not:!0}:{...e,not:!0}}for(let e of["all","any"])if(e in o)return v(e,o[e].map(S));return z(o)}function z(o){let e="words"in o?"words":"pattern"in o?"pattern":o.is,t=m(String(o.column??""),e);if(t.matchCase=o.match_case===!0,e==="words")t.words=o.words.join(`
`),t.match=o.match==="all"?"all":"any",t.wholeWord=o.whole_word!==!1;else if(e==="pattern")t.pattern=String(o.pattern);else{let n=[o.value??[]].flat().map(String);e==="one of"?t.words=n.join(`
`):[t.value,t.upper]=[n[0]??"",n[1]??""]}return t}function P(o,e){let t=o.kind==="group"?{[o.join]:o.parts.map(n=>P(n,e))}:se(o,e);return o.not?{not:t}:t}function se(o,e){let{column:t,test:n,match:r,wholeWord:i,matchCase:a}=o;if(n==="words"){let c=x(o.words);return{column:t,words:c,match:r,whole_word:i,match_case:a}}if(n==="pattern")return{column:t,pattern:o.pattern,match_case:a};let l=e.find(c=>c.name===t)?.type??"text",d=c=>y(c,l);return n==="empty"?{column:t,is:n}:n==="one of"?{column:t,is:n,value:x(o.words).map(d)}:n==="between"?{column:t,is:n,value:[d(o.value),d(o.upper)]}:{column:t,is:n,value:d(o.value)}}function B(o,e,t){let n=E(o.words,"Words or phrases, one a line",t,r=>{o.words=r,e.edited()});return n.placeholder="one word or phrase a line",[n,q(o,e)]}function $(o,e){let t=b(o.pattern,"Pattern (Python's re)",n=>{o.pattern=n,e.edited()});return t.className="code",t.placeholder="such as \\d+ (dollars|\u20AC)",[t,q(o,e)]}function C(o,e){let t=e.columns.map(({name:n})=>[n,n]);return u(o.column,t,"Column",n=>{o.column=n,e.reshaped()})}function I(o,e){return u(o.test,Object.entries(F),"Condition",t=>{o.test=t,e.reshaped()})}function U(o,e){if(o.test==="words")return B(o,e,2);if(o.test==="pattern")return $(o,e);if(o.test==="empty")return[];let t=e.columns.find(i=>i.name===o.column)?.type??"text";if(o.test==="one of")return[ae(o,e,t)];let n=V(o,"value",o.test==="between"?"From":"Value",e,t);if(o.test!=="between")return[n];let r=s("div","range");return r.append(n,s("span","and","and"),V(o,"upper","To",e,t)),[r]}function ae(o,e,t){let n=E(o.words,"Values, one a line",2,i=>{o.words=i,r(),e.edited()}),r=()=>Y(n,x(o.words).some(i=>y(i,t)===""),t);return n.placeholder="one value a line",r(),n}function V(o,e,t,n,r){if(r==="boolean"){let l=[["","\u2013"],["true","true"],["false","false"]];return u(o[e],l,t,d=>{o[e]=d,n.edited()})}let i=b(o[e],t,l=>{o[e]=l,a(),n.edited()}),a=()=>Y(i,o[e].trim()!==""&&y(o[e],r)==="",r);return i.placeholder=le[r]??"text",a(),i}var le={integer:"number",number:"number",date:"2024-01-31",timestamp:"2024-01-31 12:00:00"};function Y(o,e,t){o.ariaInvalid=String(e),o.title=e?`The column holds ${t==="integer"?"whole numbers":`${t}s`}`:""}function q(o,e){let t=s("div","switches"),n=r=>i=>{o[r]=i,e.edited()};return o.test==="words"&&t.append(g("All of them","Every word must be there",o.match==="all",r=>{o.match=r?"all":"any",e.edited()}),g("Whole words","Not inside of longer words",o.wholeWord,n("wholeWord"))),t.append(g("Match case","Capitals count",o.matchCase,n("matchCase"))),t}function Q(o,e){let t=o.test==="words",[n,r]=t?B(o,e,5):$(o,e);return[f(t?"Words or phrases, one a line":"Pattern (Python's re)",n,"wide"),r]}var de=[["all","all of these (AND)"],["any","any of these (OR)"]],T=class{constructor(e,t,n){this.root=e;this.around=t;this.textColumn=n;this.draw()}root;around;textColumn;element=s("div","tree");nodes=new Map;onKey(e){if(!e.altKey||e.ctrlKey||e.metaKey)return!1;let t=e.target.closest("[data-node]"),n=t?this.nodes.get(t):void 0;if(!n)return!1;let{node:r,parent:i}=n;if(e.code==="Enter")r.kind==="group"?this.add(r,m(this.textColumn)):this.add(i,m(r.column),i.parts.indexOf(r)+1);else if(e.code==="KeyN"&&i)this.negate(r);else if(e.code==="Backspace"&&i)this.remove(r,i);else return!1;return!0}draw(){this.nodes.clear(),this.element.replaceChildren(this.group(this.root,void 0))}changed(e){let t=this.element.getRootNode().activeElement,n=this.boxOf(e)?.contains(t)?t?.ariaLabel:void 0;this.draw();let i=[...this.boxOf(e)?.querySelectorAll("textarea, input, select, .not")??[]],a=i.find(l=>l.matches("textarea, input"))??i[0];(i.find(l=>n&&l.ariaLabel===n)??a)?.focus(),this.around.edited()}boxOf(e){return[...this.nodes].find(([,t])=>t.node===e)?.[0]}add(e,t,n=e.parts.length){e.parts.splice(n,0,t),this.changed(t.kind==="group"?t.parts[0]:t)}remove(e,t){let n=t.parts.indexOf(e);t.parts.splice(n,1),t.parts.length||t.parts.push(m(this.textColumn)),this.changed(t.parts[Math.min(n,t.parts.length-1)])}negate(e){e.not=!e.not,this.changed(e)}group(e,t){let n=s("div",t?"group":"group root-group");n.dataset.node="group",n.setAttribute("role","group"),n.ariaLabel=`${e.not?"Not ":""}${e.join==="all"?"all":"any"} of these conditions`,n.classList.toggle("negated",e.not),this.nodes.set(n,{node:e,parent:t});let r=s("div","head");t?r.append(this.not(e)):r.append(s("span","when","where")),r.append(u(e.join,de,"How the conditions are joined",d=>{e.join=d,this.changed(e)})),t&&r.append(this.cross(e,t,"Remove the group"));let i=s("div","parts");e.parts.forEach((d,c)=>{c&&i.append(s("span","join",e.join==="all"?"AND":"OR")),i.append(d.kind==="group"?this.group(d,e):this.condition(d,e))});let a=e.join==="all"?"any":"all",l=s("div","foot");return l.append(p("add","+ Condition",()=>this.add(e,m(this.textColumn))),p("add",a==="any"?"+ OR group":"+ AND group",()=>this.add(e,v(a,[m(this.textColumn)])))),n.append(r,i,l),n}condition(e,t){let n=s("div","condition");n.dataset.node="condition",n.setAttribute("role","group"),n.ariaLabel=`Condition ${t.parts.indexOf(e)+1}`,n.classList.toggle("negated",e.not),this.nodes.set(n,{node:e,parent:t});let r={...this.around,reshaped:()=>this.changed(e)},i=s("div","head");return i.append(this.not(e),C(e,r),I(e,r),this.cross(e,t,"Remove the condition")),n.append(i,...U(e,r)),n}not(e){let t=g("NOT","Where it does not hold (Alt-N)",e.not,n=>{e.not=n,t.closest("[data-node]")?.classList.toggle("negated",n),this.around.edited()});return t.classList.add("not"),t}cross(e,t,n){let r=p("cross","\xD7",()=>this.remove(e,t));return r.ariaLabel=n,r.title=`${n} (Alt-Backspace)`,r}};var ce=120,L=/Mac|iP/.test(navigator.platform),ue=L?"\u2318S save \xB7 \u2318\u21B5 preview":"Ctrl-S save \xB7 Ctrl-Enter preview",me=L?"\u2325\u21B5 condition \xB7 \u2325N not \xB7 ":"Alt-Enter condition \xB7 Alt-N not \xB7 ",je=J(o=>new M(o)),M=class{constructor(e){this.component=e;this.model=this.modelOfData(),this.exchange=new w(e,()=>this.text(),ce),this.root=N(e.parentElement,"root builder",k+G),this.root.setAttribute("role","form"),this.problem.setAttribute("role","status"),this.root.append(this.fields,this.problem,this.keys),this.root.addEventListener("keydown",t=>this.onKey(t)),this.root.addEventListener("focusout",t=>{this.root.contains(t.relatedTarget)||this.exchange.leave()}),this.draw(),this.refresh()}component;root;fields=s("div","fields");problem=s("div","problem");keys=s("div","keys");exchange;model;tree;update(e){let t=this.component.data;this.component=e,this.exchange.update(e)?(this.model=this.modelOfData(),this.draw()):JSON.stringify(X(t))!==JSON.stringify(X(e.data))&&this.draw(),this.refresh()}close(){this.exchange.cancel()}modelOfData(){let{kind:e,name:t,source:n}=this.component.data;return W(e,t,n)}text(){let{kind:e,columns:t}=this.component.data;return JSON.stringify({name:this.model.name,source:j(e,this.model,t)})}draw(){let{kind:e,columns:t,text_column:n,label:r}=this.component.data;this.root.ariaLabel=r;let i={columns:t,edited:()=>this.edited(),reshaped:()=>this.edited()},a=b(this.model.name,"Name",d=>{this.model.name=d,this.edited()}),l=s("div","top");if(l.append(f("Name",a),f("Votes for",this.classChoice(),"votes")),e==="rule")this.tree=new T(this.model.root,i,n),this.fields.replaceChildren(l,this.tree.element);else{this.tree=void 0;let d=this.model.root.parts[0],c=Q(d,i);t.length>1&&l.append(f("Column",C(d,i))),this.fields.replaceChildren(l,...c)}this.keys.textContent=(e==="rule"?me:"")+ue}classChoice(){let{classes:e}=this.component.data,t=()=>{let i=e.find(({name:a})=>a===this.model.label)?.color??"transparent";r.style.setProperty("--class-color",i)},n=e.map(({name:i})=>[i,i]),r=u(this.model.label,n,"Votes for",i=>{this.model.label=i,t(),this.edited()});return r.className="class",t(),r}edited(){this.exchange.edited(),this.refresh()}refresh(){let{problem:e}=this.component.data;this.exchange.answered&&(this.problem.textContent=this.exchange.stamp?e:"")}onKey(e){e.stopPropagation();let t=L?e.metaKey:e.ctrlKey,n=!1;t&&e.key.toLowerCase()==="s"?n=this.exchange.trigger("save"):t&&e.key==="Enter"?n=this.exchange.trigger("preview"):this.tree&&(n=this.tree.onKey(e)),n&&e.preventDefault()}},X=({columns:o,classes:e,kind:t})=>({columns:o,classes:e,kind:t});export{je as default};
