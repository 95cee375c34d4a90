var N=`.root {
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
mark {
  color: inherit;
  background: color-mix(in srgb, var(--class-color) 22%, transparent);
  box-shadow: inset 0 -2px var(--class-color);
  border-radius: 2px;
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
`;function a(t,e="",n=""){let o=document.createElement(t);return e&&(o.className=e),n&&(o.textContent=n),o}function f(t,e,n){let o=a("button",t,e);return o.type="button",o.onclick=n,o}function _(t,e,n){let o=a("style");o.textContent=n;let i=a("div",e);return t.append(o,i),i}var y=class{constructor(e,n,o,i=!1){this.component=e;this.text=n;this.debounceMs=o;this.eager=i;this.stamp=e.data.stamp}component;text;debounceMs;eager;stamp;client=crypto.getRandomValues(new Uint32Array(1))[0].toString(36);edits=0;timer;retry;update(e){let n=this.component.data.revision,{revision:o,stamp:i,continues:r}=e.data;if(this.component=e,o===n)return!1;this.cancel();let s=r?.revision===n;return s&&r.stamp!==this.stamp?this.send():this.stamp=i,!s}get answered(){return this.component.data.stamp===this.stamp}get unsent(){return this.timer!==void 0}edited(){let e=this.answered&&!this.unsent;this.edits+=1,this.stamp=`${this.client}-${this.edits}`,clearTimeout(this.timer),this.eager&&e?this.send():this.timer=setTimeout(()=>this.send(),this.debounceMs)}send(){this.cancel(),this.component.setStateValue("edit",this.edit()),this.sendAgain(1e3)}trigger(e){return this.send(),this.component.setTriggerValue(e,this.edit()),!0}leave(){(this.unsent||!this.answered)&&this.trigger("left"),clearTimeout(this.retry)}cancel(){clearTimeout(this.timer),clearTimeout(this.retry),this.timer=void 0}sendAgain(e){this.retry=setTimeout(()=>{this.answered||this.unsent||(this.component.setStateValue("edit",this.edit()),2*e<=15e3&&this.sendAgain(2*e))},e)}edit(){return this.stamp||=`${this.client}-0`,{text:this.text(),stamp:this.stamp,revision:this.component.data.revision}}};var ne=["running","rerunRequested"].map(t=>`[data-test-script-state="${t}"]`).join(),oe=1e3,ie=["ctrlKey","metaKey","shiftKey","altKey"],re=Symbol.for("labelwright.turns"),m=window[re]??={};function H(){let{turn:t}=m;return t&&(location.pathname!==t.from||Date.now()-t.began>1500)&&delete m.turn,m.turn!==void 0}function O(){m.watching||(m.watching=!0,window.addEventListener("click",se,{capture:!0}),window.addEventListener("focusout",()=>m.left=Date.now(),{capture:!0}))}function se(t){let e=ae(t);if(e)if(t.isTrusted){t.preventDefault(),t.stopImmediatePropagation(),D(e);let n=Date.now(),o=n-(m.left??0)<oe?80:50;setTimeout(()=>R(e,n),o)}else D(e)}function R(t,e){document.querySelector(ne)!==null&&Date.now()-e<400?setTimeout(()=>R(t,e),10):t.click()}function D(t){t.pathname!==location.pathname&&(m.turn={from:location.pathname,began:Date.now()})}function ae(t){if(t.button!==0||ie.some(o=>t[o]))return;let e=t.composedPath()[0].closest?.("a[href]"),n=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&n?e:void 0}var de=["click","change","focusout","keydown"],le=Symbol.for("labelwright.sending"),u=window[le]??=ue();function A(t,e){(u.sender===void 0||u.sender===t)&&u.waiting.length===0?G(t,e):u.waiting.push({root:t,send:e})}function G(t,e){u.sender===void 0&&(u.sender=t,setTimeout(()=>setTimeout(ce))),e()}function ce(){u.sender=void 0;let t=u.waiting[0]?.root;for(;t&&u.waiting[0]?.root===t;)G(t,u.waiting.shift().send)}function ue(){let t={waiting:[]};for(let e of de)window.addEventListener(e,()=>t.acted=Date.now(),{capture:!0});return t}var K=50;function J(t){let e=new WeakMap;return O(),n=>{let o=pe(n),i=o.parentElement,r=e.get(i);return r?r.update(o):e.set(i,t(o)),()=>{i.host.isConnected||(e.get(i)?.close(),e.delete(i))}}}function pe(t){let{parentElement:e}=t,n=location.pathname,o=i=>{let r=(s,d,l=0)=>{(H()||location.pathname!==n)&&l<1500?setTimeout(()=>r(s,d,l+K),K):e.host.isConnected&&A(e,()=>i(s,d))};return(s,d)=>r(s,d)};return{data:t.data,parentElement:e,setStateValue:o(t.setStateValue),setTriggerValue:o(t.setTriggerValue)}}var W=`.builder {
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
@container (max-width: 26rem) {
  .top .field:first-child {
    flex-basis: 100%;
  }
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
`;var F=0;function g(t,e,n=""){let o=a("div",`field ${n}`),i=a("label","",t);return F+=1,e.id=`field-${F}`,i.htmlFor=e.id,o.append(i,e),o}function w(t,e,n){let o=a("input");return o.type="text",o.value=t,o.autocomplete="off",o.spellcheck=!1,o.setAttribute("aria-label",e),o.oninput=()=>n(o.value),o}function E(t,e,n,o){let i=a("textarea"),r=()=>i.rows=Math.min(Math.max(i.value.split(`
`).length,n),12);return i.value=t,i.spellcheck=!1,i.setAttribute("aria-label",e),i.oninput=()=>{r(),o(i.value)},r(),i}function p(t,e,n,o){let i=a("select"),r=e.some(([s])=>s===t);for(let[s,d]of r?e:[...e,[t,t||"\u2013"]]){let l=a("option","",d);l.value=s,i.append(l)}return i.value=t,i.setAttribute("aria-label",n),i.onchange=()=>o(i.value),i}function v(t,e,n,o){let i=f("toggle",t,()=>{let r=i.ariaPressed!=="true";i.ariaPressed=String(r),o(r)});return i.title=e,i.ariaPressed=String(n),i}var I={words:"contains",pattern:"matches","=":"=","!=":"\u2260","<":"<","<=":"\u2264",">":">",">=":"\u2265",between:"is between","one of":"is one of",empty:"is empty"};function h(t,e="words"){return{kind:"condition",not:!1,column:t,test:e,words:"",match:"any",wholeWord:!0,matchCase:!1,pattern:"",value:"",upper:""}}function b(t,e){return{kind:"group",not:!1,join:t,parts:e}}function j(t,e,n){let o=String(n.label??"");if(t!=="rule")return{name:e,label:o,root:b("all",[P(n)])};let i=M(n.when);return{name:e,label:o,root:i.kind==="group"&&!i.not?i:b("all",[i])}}function z(t,e,n){let o=e.root.parts[0];if(t==="keyword"){let{match:i,wholeWord:r,matchCase:s,column:d}=o,l=x(o.words);return{column:d,words:l,label:e.label,match:i,whole_word:r,match_case:s}}if(t==="regex"){let{column:i,pattern:r,matchCase:s}=o;return{column:i,pattern:r,label:e.label,match_case:s}}return{label:e.label,when:U(e.root,n)}}function x(t){return t.split(`
`).map(e=>e.trim()).filter(Boolean)}function T(t,e){let n=t.trim();if(e==="integer"||e==="number"){let o=Number(n);return n&&Number.isFinite(o)?o:""}return e==="boolean"?n==="true"||n==="false"?n==="true":"":n}function M(t){if("not"in t){let e=M(t.not);return e.not?{...b("all",[e]),not:!0}:{...e,not:!0}}for(let e of["all","any"])if(e in t)return b(e,t[e].map(M));return P(t)}function P(t){let e="words"in t?"words":"pattern"in t?"pattern":t.is,n=h(String(t.column??""),e);if(n.matchCase=t.match_case===!0,e==="words")n.words=t.words.join(`
`),n.match=t.match==="all"?"all":"any",n.wholeWord=t.whole_word!==!1;else if(e==="pattern")n.pattern=String(t.pattern);else{let o=[t.value??[]].flat().map(String);e==="one of"?n.words=o.join(`
`):[n.value,n.upper]=[o[0]??"",o[1]??""]}return n}function U(t,e){let n=t.kind==="group"?{[t.join]:t.parts.map(o=>U(o,e))}:fe(t,e);return t.not?{not:n}:n}function fe(t,e){let{column:n,test:o,match:i,wholeWord:r,matchCase:s}=t;if(o==="words"){let c=x(t.words);return{column:n,words:c,match:i,whole_word:r,match_case:s}}if(o==="pattern")return{column:n,pattern:t.pattern,match_case:s};let d=e.find(c=>c.name===n)?.type??"text",l=c=>T(c,d);return o==="empty"?{column:n,is:o}:o==="one of"?{column:n,is:o,value:x(t.words).map(l)}:o==="between"?{column:n,is:o,value:[l(t.value),l(t.upper)]}:{column:n,is:o,value:l(t.value)}}function $(t,e,n){let o=E(t.words,"Words or phrases, one a line",n,i=>{t.words=i,e.edited()});return o.placeholder="one word or phrase a line",[o,X(t,e)]}function B(t,e){let n=w(t.pattern,"Pattern (Python's re)",o=>{t.pattern=o,e.edited()});return n.className="code",n.placeholder="such as \\d+ (dollars|\u20AC)",[n,X(t,e)]}function S(t,e){let n=e.columns.map(({name:o})=>[o,o]);return p(t.column,n,"Column",o=>{t.column=o,e.reshaped()})}function Y(t,e){return p(t.test,Object.entries(I),"Condition",n=>{t.test=n,e.reshaped()})}function Q(t,e){if(t.test==="words")return $(t,e,2);if(t.test==="pattern")return B(t,e);if(t.test==="empty")return[];let n=e.columns.find(r=>r.name===t.column)?.type??"text";if(t.test==="one of")return[ge(t,e,n)];let o=V(t,"value",t.test==="between"?"From":"Value",e,n);if(t.test!=="between")return[o];let i=a("div","range");return i.append(o,a("span","and","and"),V(t,"upper","To",e,n)),[i]}function ge(t,e,n){let o=E(t.words,"Values, one a line",2,r=>{t.words=r,i(),e.edited()}),i=()=>q(o,x(t.words).some(r=>T(r,n)===""),n);return o.placeholder="one value a line",i(),o}function V(t,e,n,o,i){if(i==="boolean"){let d=[["","\u2013"],["true","true"],["false","false"]];return p(t[e],d,n,l=>{t[e]=l,o.edited()})}let r=w(t[e],n,d=>{t[e]=d,s(),o.edited()}),s=()=>q(r,t[e].trim()!==""&&T(t[e],i)==="",i);return r.placeholder=ve[i]??"text",s(),r}var ve={integer:"number",number:"number",date:"2024-01-31",timestamp:"2024-01-31 12:00:00"};function q(t,e,n){t.ariaInvalid=String(e),t.title=e?`The column holds ${n==="integer"?"whole numbers":`${n}s`}`:""}function X(t,e){let n=a("div","switches"),o=i=>r=>{t[i]=r,e.edited()};return t.test==="words"&&n.append(v("All of them","Every word must be there",t.match==="all",i=>{t.match=i?"all":"any",e.edited()}),v("Whole words","Not inside of longer words",t.wholeWord,o("wholeWord"))),n.append(v("Match case","Capitals count",t.matchCase,o("matchCase"))),n}function Z(t,e){let n=t.test==="words",[o,i]=n?$(t,e,5):B(t,e);return[g(n?"Words or phrases, one a line":"Pattern (Python's re)",o,"wide"),i]}var be=[["all","all of these (AND)"],["any","any of these (OR)"]],C=class{constructor(e,n,o){this.root=e;this.around=n;this.textColumn=o;this.draw()}root;around;textColumn;element=a("div","tree");nodes=new Map;onKey(e){if(!e.altKey||e.ctrlKey||e.metaKey)return!1;let n=e.target.closest("[data-node]"),o=n?this.nodes.get(n):void 0;if(!o)return!1;let{node:i,parent:r}=o;if(e.code==="Enter")i.kind==="group"?this.add(i,h(this.textColumn)):this.add(r,h(i.column),r.parts.indexOf(i)+1);else if(e.code==="KeyN"&&r)this.negate(i);else if(e.code==="Backspace"&&r)this.remove(i,r);else return!1;return!0}draw(){this.nodes.clear(),this.element.replaceChildren(this.group(this.root,void 0))}changed(e){let n=this.element.getRootNode().activeElement,o=this.boxOf(e)?.contains(n)?n?.ariaLabel:void 0;this.draw();let r=[...this.boxOf(e)?.querySelectorAll("textarea, input, select, .not")??[]],s=r.find(d=>d.matches("textarea, input"))??r[0];(r.find(d=>o&&d.ariaLabel===o)??s)?.focus(),this.around.edited()}boxOf(e){return[...this.nodes].find(([,n])=>n.node===e)?.[0]}add(e,n,o=e.parts.length){e.parts.splice(o,0,n),this.changed(n.kind==="group"?n.parts[0]:n)}remove(e,n){let o=n.parts.indexOf(e);n.parts.splice(o,1),n.parts.length||n.parts.push(h(this.textColumn)),this.changed(n.parts[Math.min(o,n.parts.length-1)])}negate(e){e.not=!e.not,this.changed(e)}group(e,n){let o=a("div",n?"group":"group root-group");o.dataset.node="group",o.setAttribute("role","group"),o.ariaLabel=`${e.not?"Not ":""}${e.join==="all"?"all":"any"} of these conditions`,o.classList.toggle("negated",e.not),this.nodes.set(o,{node:e,parent:n});let i=a("div","head");n?i.append(this.not(e)):i.append(a("span","when","where")),i.append(p(e.join,be,"How the conditions are joined",l=>{e.join=l,this.changed(e)})),n&&i.append(this.cross(e,n,"Remove the group"));let r=a("div","parts");e.parts.forEach((l,c)=>{c&&r.append(a("span","join",e.join==="all"?"AND":"OR")),r.append(l.kind==="group"?this.group(l,e):this.condition(l,e))});let s=e.join==="all"?"any":"all",d=a("div","foot");return d.append(f("add","+ Condition",()=>this.add(e,h(this.textColumn))),f("add",s==="any"?"+ OR group":"+ AND group",()=>this.add(e,b(s,[h(this.textColumn)])))),o.append(i,r,d),o}condition(e,n){let o=a("div","condition");o.dataset.node="condition",o.setAttribute("role","group"),o.ariaLabel=`Condition ${n.parts.indexOf(e)+1}`,o.classList.toggle("negated",e.not),this.nodes.set(o,{node:e,parent:n});let i={...this.around,reshaped:()=>this.changed(e)},r=a("div","head");return r.append(this.not(e),S(e,i),Y(e,i),this.cross(e,n,"Remove the condition")),o.append(r,...Q(e,i)),o}not(e){let n=v("NOT","Where it does not hold (Alt-N)",e.not,o=>{e.not=o,n.closest("[data-node]")?.classList.toggle("negated",o),this.around.edited()});return n.classList.add("not"),n}cross(e,n,o){let i=f("cross","\xD7",()=>this.remove(e,n));return i.ariaLabel=o,i.title=`${o} (Alt-Backspace)`,i}};var we=50,k=/Mac|iP/.test(navigator.platform),xe=k?"\u2318S save \xB7 \u2318\u21B5 preview":"Ctrl-S save \xB7 Ctrl-Enter preview",ye=k?"\u2325\u21B5 condition \xB7 \u2325N not \xB7 ":"Alt-Enter condition \xB7 Alt-N not \xB7 ",Xe=J(t=>new L(t)),L=class{constructor(e){this.component=e;this.model=this.modelOfData(),this.exchange=new y(e,()=>this.text(),we,!0),this.root=_(e.parentElement,"root builder",N+W),this.root.setAttribute("role","form"),this.problem.setAttribute("role","status"),this.root.append(this.fields,this.problem,this.keys),this.root.addEventListener("keydown",n=>this.onKey(n)),this.root.addEventListener("focusout",n=>{this.root.contains(n.relatedTarget)||this.exchange.leave()}),this.draw(),this.refresh()}component;root;fields=a("div","fields");problem=a("div","problem");keys=a("div","keys");exchange;model;tree;update(e){let n=this.component.data;this.component=e,this.exchange.update(e)?(this.model=this.modelOfData(),this.draw()):JSON.stringify(ee(n))!==JSON.stringify(ee(e.data))&&this.draw(),this.refresh()}close(){this.exchange.cancel()}modelOfData(){let{kind:e,name:n,source:o}=this.component.data;return j(e,n,o)}text(){let{kind:e,columns:n}=this.component.data;return JSON.stringify({name:this.model.name,source:z(e,this.model,n)})}draw(){let{kind:e,columns:n,text_column:o,label:i}=this.component.data;this.root.ariaLabel=i;let r={columns:n,edited:()=>this.edited(),reshaped:()=>this.edited()},s=w(this.model.name,"Name",l=>{this.model.name=l,this.edited()}),d=a("div","top");if(d.append(g("Name",s),g("Votes for",this.classChoice(),"votes")),e==="rule")this.tree=new C(this.model.root,r,o),this.fields.replaceChildren(d,this.tree.element);else{this.tree=void 0;let l=this.model.root.parts[0],c=Z(l,r);n.length>1&&d.append(g("Column",S(l,r))),this.fields.replaceChildren(d,...c)}this.keys.textContent=(e==="rule"?ye:"")+xe}classChoice(){let{classes:e}=this.component.data,n=()=>{let r=e.find(({name:s})=>s===this.model.label)?.color??"transparent";i.style.setProperty("--class-color",r)},o=e.map(({name:r})=>[r,r]),i=p(this.model.label,o,"Votes for",r=>{this.model.label=r,n(),this.edited()});return i.className="class",n(),i}edited(){this.exchange.edited(),this.refresh()}refresh(){let{problem:e}=this.component.data;this.exchange.answered&&(this.problem.textContent=this.exchange.stamp?e:"")}onKey(e){e.stopPropagation();let n=k?e.metaKey:e.ctrlKey,o=!1;n&&e.key.toLowerCase()==="s"?o=this.exchange.trigger("save"):n&&e.key==="Enter"?o=this.exchange.trigger("preview"):this.tree&&(o=this.tree.onKey(e)),o&&e.preventDefault()}},ee=({columns:t,classes:e,kind:n})=>({columns:t,classes:e,kind:n});export{Xe as default};
