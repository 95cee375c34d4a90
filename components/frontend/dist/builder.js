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
`;function a(n,e="",t=""){let o=document.createElement(n);return e&&(o.className=e),t&&(o.textContent=t),o}function h(n,e,t){let o=a("button",n,e);return o.type="button",o.onclick=t,o}function N(n,e,t){let o=a("style");o.textContent=t;let r=a("div",e);return n.append(o,r),r}var x=class{constructor(e,t,o,r=!1){this.component=e;this.text=t;this.debounceMs=o;this.eager=r;this.stamp=e.data.stamp}component;text;debounceMs;eager;stamp;client=crypto.getRandomValues(new Uint32Array(1))[0].toString(36);edits=0;timer;retry;update(e){let t=this.component.data.revision,{revision:o,stamp:r,continues:i}=e.data;if(this.component=e,o===t)return!1;this.cancel();let s=i?.revision===t;return s&&i.stamp!==this.stamp?this.send():this.stamp=r,!s}get answered(){return this.component.data.stamp===this.stamp}get unsent(){return this.timer!==void 0}edited(){let e=this.answered&&!this.unsent;this.edits+=1,this.stamp=`${this.client}-${this.edits}`,clearTimeout(this.timer),this.eager&&e?this.send():this.timer=setTimeout(()=>this.send(),this.debounceMs)}send(){this.cancel(),this.component.setStateValue("edit",this.edit()),this.sendAgain(1e3)}trigger(e){return this.send(),this.component.setTriggerValue(e,this.edit()),!0}leave(){(this.unsent||!this.answered)&&this.trigger("left"),clearTimeout(this.retry)}cancel(){clearTimeout(this.timer),clearTimeout(this.retry),this.timer=void 0}sendAgain(e){this.retry=setTimeout(()=>{this.answered||this.unsent||(this.component.setStateValue("edit",this.edit()),2*e<=15e3&&this.sendAgain(2*e))},e)}edit(){return this.stamp||=`${this.client}-0`,{text:this.text(),stamp:this.stamp,revision:this.component.data.revision}}};var Z=["running","rerunRequested"].map(n=>`[data-test-script-state="${n}"]`).join(),ee=1e3,te=["ctrlKey","metaKey","shiftKey","altKey"],ne=Symbol.for("labelwright.turns"),u=window[ne]??={};function _(){let{turn:n}=u;return n&&(location.pathname!==n.from||Date.now()-n.began>1500)&&delete u.turn,u.turn!==void 0}function H(){u.watching||(u.watching=!0,window.addEventListener("click",oe,{capture:!0}),window.addEventListener("focusout",()=>u.left=Date.now(),{capture:!0}))}function oe(n){let e=re(n);if(e)if(n.isTrusted){n.preventDefault(),n.stopImmediatePropagation(),D(e);let t=Date.now(),o=t-(u.left??0)<ee?80:50;setTimeout(()=>O(e,t),o)}else D(e)}function O(n,e){document.querySelector(Z)!==null&&Date.now()-e<400?setTimeout(()=>O(n,e),10):n.click()}function D(n){n.pathname!==location.pathname&&(u.turn={from:location.pathname,began:Date.now()})}function re(n){if(n.button!==0||te.some(o=>n[o]))return;let e=n.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var R=50;function A(n){let e=new WeakMap;return H(),t=>{let o=se(t),r=o.parentElement,i=e.get(r);return i?i.update(o):e.set(r,n(o)),()=>{r.host.isConnected||(e.get(r)?.close(),e.delete(r))}}}function se(n){let{parentElement:e}=n,t=location.pathname,o=r=>{let i=(s,l,d=0)=>{(_()||location.pathname!==t)&&d<1500?setTimeout(()=>i(s,l,d+R),R):e.host.isConnected&&r(s,l)};return(s,l)=>i(s,l)};return{data:n.data,parentElement:e,setStateValue:o(n.setStateValue),setTriggerValue:o(n.setTriggerValue)}}var K=`.builder {
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
`;var G=0;function f(n,e,t=""){let o=a("div",`field ${t}`),r=a("label","",n);return G+=1,e.id=`field-${G}`,r.htmlFor=e.id,o.append(r,e),o}function b(n,e,t){let o=a("input");return o.type="text",o.value=n,o.autocomplete="off",o.spellcheck=!1,o.setAttribute("aria-label",e),o.oninput=()=>t(o.value),o}function S(n,e,t,o){let r=a("textarea"),i=()=>r.rows=Math.min(Math.max(r.value.split(`
`).length,t),12);return r.value=n,r.spellcheck=!1,r.setAttribute("aria-label",e),r.oninput=()=>{i(),o(r.value)},i(),r}function m(n,e,t,o){let r=a("select"),i=e.some(([s])=>s===n);for(let[s,l]of i?e:[...e,[n,n||"\u2013"]]){let d=a("option","",l);d.value=s,r.append(d)}return r.value=n,r.setAttribute("aria-label",t),r.onchange=()=>o(r.value),r}function g(n,e,t,o){let r=h("toggle",n,()=>{let i=r.ariaPressed!=="true";r.ariaPressed=String(i),o(i)});return r.title=e,r.ariaPressed=String(t),r}var J={words:"contains",pattern:"matches","=":"=","!=":"\u2260","<":"<","<=":"\u2264",">":">",">=":"\u2265",between:"is between","one of":"is one of",empty:"is empty"};function p(n,e="words"){return{kind:"condition",not:!1,column:n,test:e,words:"",match:"any",wholeWord:!0,matchCase:!1,pattern:"",value:"",upper:""}}function v(n,e){return{kind:"group",not:!1,join:n,parts:e}}function F(n,e,t){let o=String(t.label??"");if(n!=="rule")return{name:e,label:o,root:v("all",[j(t)])};let r=E(t.when);return{name:e,label:o,root:r.kind==="group"&&!r.not?r:v("all",[r])}}function W(n,e,t){let o=e.root.parts[0];if(n==="keyword"){let{match:r,wholeWord:i,matchCase:s,column:l}=o,d=w(o.words);return{column:l,words:d,label:e.label,match:r,whole_word:i,match_case:s}}if(n==="regex"){let{column:r,pattern:i,matchCase:s}=o;return{column:r,pattern:i,label:e.label,match_case:s}}return{label:e.label,when:z(e.root,t)}}function w(n){return n.split(`
`).map(e=>e.trim()).filter(Boolean)}function y(n,e){let t=n.trim();if(e==="integer"||e==="number"){let o=Number(t);return t&&Number.isFinite(o)?o:""}return e==="boolean"?t==="true"||t==="false"?t==="true":"":t}function E(n){if("not"in n){let e=E(n.not);return e.not?{...v("all",[e]),not:!0}:{...e,not:!0}}for(let e of["all","any"])if(e in n)return v(e,n[e].map(E));return j(n)}function j(n){let e="words"in n?"words":"pattern"in n?"pattern":n.is,t=p(String(n.column??""),e);if(t.matchCase=n.match_case===!0,e==="words")t.words=n.words.join(`
`),t.match=n.match==="all"?"all":"any",t.wholeWord=n.whole_word!==!1;else if(e==="pattern")t.pattern=String(n.pattern);else{let o=[n.value??[]].flat().map(String);e==="one of"?t.words=o.join(`
`):[t.value,t.upper]=[o[0]??"",o[1]??""]}return t}function z(n,e){let t=n.kind==="group"?{[n.join]:n.parts.map(o=>z(o,e))}:le(n,e);return n.not?{not:t}:t}function le(n,e){let{column:t,test:o,match:r,wholeWord:i,matchCase:s}=n;if(o==="words"){let c=w(n.words);return{column:t,words:c,match:r,whole_word:i,match_case:s}}if(o==="pattern")return{column:t,pattern:n.pattern,match_case:s};let l=e.find(c=>c.name===t)?.type??"text",d=c=>y(c,l);return o==="empty"?{column:t,is:o}:o==="one of"?{column:t,is:o,value:w(n.words).map(d)}:o==="between"?{column:t,is:o,value:[d(n.value),d(n.upper)]}:{column:t,is:o,value:d(n.value)}}function I(n,e,t){let o=S(n.words,"Words or phrases, one a line",t,r=>{n.words=r,e.edited()});return o.placeholder="one word or phrase a line",[o,Y(n,e)]}function V(n,e){let t=b(n.pattern,"Pattern (Python's re)",o=>{n.pattern=o,e.edited()});return t.className="code",t.placeholder="such as \\d+ (dollars|\u20AC)",[t,Y(n,e)]}function T(n,e){let t=e.columns.map(({name:o})=>[o,o]);return m(n.column,t,"Column",o=>{n.column=o,e.reshaped()})}function $(n,e){return m(n.test,Object.entries(J),"Condition",t=>{n.test=t,e.reshaped()})}function B(n,e){if(n.test==="words")return I(n,e,2);if(n.test==="pattern")return V(n,e);if(n.test==="empty")return[];let t=e.columns.find(i=>i.name===n.column)?.type??"text";if(n.test==="one of")return[de(n,e,t)];let o=P(n,"value",n.test==="between"?"From":"Value",e,t);if(n.test!=="between")return[o];let r=a("div","range");return r.append(o,a("span","and","and"),P(n,"upper","To",e,t)),[r]}function de(n,e,t){let o=S(n.words,"Values, one a line",2,i=>{n.words=i,r(),e.edited()}),r=()=>U(o,w(n.words).some(i=>y(i,t)===""),t);return o.placeholder="one value a line",r(),o}function P(n,e,t,o,r){if(r==="boolean"){let l=[["","\u2013"],["true","true"],["false","false"]];return m(n[e],l,t,d=>{n[e]=d,o.edited()})}let i=b(n[e],t,l=>{n[e]=l,s(),o.edited()}),s=()=>U(i,n[e].trim()!==""&&y(n[e],r)==="",r);return i.placeholder=ce[r]??"text",s(),i}var ce={integer:"number",number:"number",date:"2024-01-31",timestamp:"2024-01-31 12:00:00"};function U(n,e,t){n.ariaInvalid=String(e),n.title=e?`The column holds ${t==="integer"?"whole numbers":`${t}s`}`:""}function Y(n,e){let t=a("div","switches"),o=r=>i=>{n[r]=i,e.edited()};return n.test==="words"&&t.append(g("All of them","Every word must be there",n.match==="all",r=>{n.match=r?"all":"any",e.edited()}),g("Whole words","Not inside of longer words",n.wholeWord,o("wholeWord"))),t.append(g("Match case","Capitals count",n.matchCase,o("matchCase"))),t}function q(n,e){let t=n.test==="words",[o,r]=t?I(n,e,5):V(n,e);return[f(t?"Words or phrases, one a line":"Pattern (Python's re)",o,"wide"),r]}var ue=[["all","all of these (AND)"],["any","any of these (OR)"]],C=class{constructor(e,t,o){this.root=e;this.around=t;this.textColumn=o;this.draw()}root;around;textColumn;element=a("div","tree");nodes=new Map;onKey(e){if(!e.altKey||e.ctrlKey||e.metaKey)return!1;let t=e.target.closest("[data-node]"),o=t?this.nodes.get(t):void 0;if(!o)return!1;let{node:r,parent:i}=o;if(e.code==="Enter")r.kind==="group"?this.add(r,p(this.textColumn)):this.add(i,p(r.column),i.parts.indexOf(r)+1);else if(e.code==="KeyN"&&i)this.negate(r);else if(e.code==="Backspace"&&i)this.remove(r,i);else return!1;return!0}draw(){this.nodes.clear(),this.element.replaceChildren(this.group(this.root,void 0))}changed(e){let t=this.element.getRootNode().activeElement,o=this.boxOf(e)?.contains(t)?t?.ariaLabel:void 0;this.draw();let i=[...this.boxOf(e)?.querySelectorAll("textarea, input, select, .not")??[]],s=i.find(l=>l.matches("textarea, input"))??i[0];(i.find(l=>o&&l.ariaLabel===o)??s)?.focus(),this.around.edited()}boxOf(e){return[...this.nodes].find(([,t])=>t.node===e)?.[0]}add(e,t,o=e.parts.length){e.parts.splice(o,0,t),this.changed(t.kind==="group"?t.parts[0]:t)}remove(e,t){let o=t.parts.indexOf(e);t.parts.splice(o,1),t.parts.length||t.parts.push(p(this.textColumn)),this.changed(t.parts[Math.min(o,t.parts.length-1)])}negate(e){e.not=!e.not,this.changed(e)}group(e,t){let o=a("div",t?"group":"group root-group");o.dataset.node="group",o.setAttribute("role","group"),o.ariaLabel=`${e.not?"Not ":""}${e.join==="all"?"all":"any"} of these conditions`,o.classList.toggle("negated",e.not),this.nodes.set(o,{node:e,parent:t});let r=a("div","head");t?r.append(this.not(e)):r.append(a("span","when","where")),r.append(m(e.join,ue,"How the conditions are joined",d=>{e.join=d,this.changed(e)})),t&&r.append(this.cross(e,t,"Remove the group"));let i=a("div","parts");e.parts.forEach((d,c)=>{c&&i.append(a("span","join",e.join==="all"?"AND":"OR")),i.append(d.kind==="group"?this.group(d,e):this.condition(d,e))});let s=e.join==="all"?"any":"all",l=a("div","foot");return l.append(h("add","+ Condition",()=>this.add(e,p(this.textColumn))),h("add",s==="any"?"+ OR group":"+ AND group",()=>this.add(e,v(s,[p(this.textColumn)])))),o.append(r,i,l),o}condition(e,t){let o=a("div","condition");o.dataset.node="condition",o.setAttribute("role","group"),o.ariaLabel=`Condition ${t.parts.indexOf(e)+1}`,o.classList.toggle("negated",e.not),this.nodes.set(o,{node:e,parent:t});let r={...this.around,reshaped:()=>this.changed(e)},i=a("div","head");return i.append(this.not(e),T(e,r),$(e,r),this.cross(e,t,"Remove the condition")),o.append(i,...B(e,r)),o}not(e){let t=g("NOT","Where it does not hold (Alt-N)",e.not,o=>{e.not=o,t.closest("[data-node]")?.classList.toggle("negated",o),this.around.edited()});return t.classList.add("not"),t}cross(e,t,o){let r=h("cross","\xD7",()=>this.remove(e,t));return r.ariaLabel=o,r.title=`${o} (Alt-Backspace)`,r}};var me=50,L=/Mac|iP/.test(navigator.platform),pe=L?"\u2318S save \xB7 \u2318\u21B5 preview":"Ctrl-S save \xB7 Ctrl-Enter preview",he=L?"\u2325\u21B5 condition \xB7 \u2325N not \xB7 ":"Alt-Enter condition \xB7 Alt-N not \xB7 ",Pe=A(n=>new M(n)),M=class{constructor(e){this.component=e;this.model=this.modelOfData(),this.exchange=new x(e,()=>this.text(),me,!0),this.root=N(e.parentElement,"root builder",k+K),this.root.setAttribute("role","form"),this.problem.setAttribute("role","status"),this.root.append(this.fields,this.problem,this.keys),this.root.addEventListener("keydown",t=>this.onKey(t)),this.root.addEventListener("focusout",t=>{this.root.contains(t.relatedTarget)||this.exchange.leave()}),this.draw(),this.refresh()}component;root;fields=a("div","fields");problem=a("div","problem");keys=a("div","keys");exchange;model;tree;update(e){let t=this.component.data;this.component=e,this.exchange.update(e)?(this.model=this.modelOfData(),this.draw()):JSON.stringify(Q(t))!==JSON.stringify(Q(e.data))&&this.draw(),this.refresh()}close(){this.exchange.cancel()}modelOfData(){let{kind:e,name:t,source:o}=this.component.data;return F(e,t,o)}text(){let{kind:e,columns:t}=this.component.data;return JSON.stringify({name:this.model.name,source:W(e,this.model,t)})}draw(){let{kind:e,columns:t,text_column:o,label:r}=this.component.data;this.root.ariaLabel=r;let i={columns:t,edited:()=>this.edited(),reshaped:()=>this.edited()},s=b(this.model.name,"Name",d=>{this.model.name=d,this.edited()}),l=a("div","top");if(l.append(f("Name",s),f("Votes for",this.classChoice(),"votes")),e==="rule")this.tree=new C(this.model.root,i,o),this.fields.replaceChildren(l,this.tree.element);else{this.tree=void 0;let d=this.model.root.parts[0],c=q(d,i);t.length>1&&l.append(f("Column",T(d,i))),this.fields.replaceChildren(l,...c)}this.keys.textContent=(e==="rule"?he:"")+pe}classChoice(){let{classes:e}=this.component.data,t=()=>{let i=e.find(({name:s})=>s===this.model.label)?.color??"transparent";r.style.setProperty("--class-color",i)},o=e.map(({name:i})=>[i,i]),r=m(this.model.label,o,"Votes for",i=>{this.model.label=i,t(),this.edited()});return r.className="class",t(),r}edited(){this.exchange.edited(),this.refresh()}refresh(){let{problem:e}=this.component.data;this.exchange.answered&&(this.problem.textContent=this.exchange.stamp?e:"")}onKey(e){e.stopPropagation();let t=L?e.metaKey:e.ctrlKey,o=!1;t&&e.key.toLowerCase()==="s"?o=this.exchange.trigger("save"):t&&e.key==="Enter"?o=this.exchange.trigger("preview"):this.tree&&(o=this.tree.onKey(e)),o&&e.preventDefault()}},Q=({columns:n,classes:e,kind:t})=>({columns:n,classes:e,kind:t});export{Pe as default};
