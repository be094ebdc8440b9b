/** How everything around the mini-program's pages looks: bars, sheets, messages. */

export const look = `
*{-webkit-tap-highlight-color:transparent}
html,body{margin:0;height:100%;overflow:hidden;background:#ececec;overscroll-behavior:none;
font-family:-apple-system,'PingFang SC','Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif}
.mp-app{position:relative;display:flex;flex-direction:column;height:100%;margin:0 auto;overflow:hidden;background:#fff;
-webkit-user-select:none;user-select:none;-webkit-touch-callout:none}
:focus{outline:none}
:focus-visible{outline:2px solid #1a6fd8;outline-offset:-2px}
.wx-native:focus-visible,.mp-scroll:focus-visible{outline:none}

.mp-nav{flex:none;position:relative;display:flex;align-items:center;height:44px;z-index:2}
.mp-nav.is-custom{position:absolute;top:0;right:0;width:94px;background:none}
.mp-nav-button{position:absolute;left:0;top:0;width:48px;height:44px;border:0;padding:10px 12px;background:none;color:inherit;
cursor:pointer}
.mp-nav-button svg{display:block;width:24px;height:24px}
.mp-title-row{flex:1;display:flex;align-items:center;justify-content:center;gap:8px;padding:0 100px;min-width:0}
.mp-title{margin:0;font-size:17px;font-weight:500;line-height:44px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.mp-capsule{position:absolute;right:7px;top:6px;width:87px;height:32px;box-sizing:border-box;border:1px solid rgba(0,0,0,.1);
border-radius:16px;background:rgba(255,255,255,.6);color:#000;display:flex;align-items:center;justify-content:space-around}
.mp-capsule i{box-sizing:border-box}
.mp-capsule .is-dots{width:6px;height:6px;border-radius:50%;background:currentColor;
box-shadow:-8px 0 0 -1px currentColor,8px 0 0 -1px currentColor}
.mp-capsule .is-ring{width:18px;height:18px;border:2px solid;border-radius:50%;
background:radial-gradient(circle,currentColor 3px,transparent 3.5px)}

.mp-pages{flex:1;position:relative;min-height:0}
.mp-page{position:absolute;inset:0}
.mp-body{position:absolute;inset:0;overflow:hidden;background:#fff;transform:translateZ(0);container-type:size}
.mp-scroll{height:100%;overflow:hidden auto;scrollbar-width:none;overscroll-behavior:contain}
.mp-custom-tabs,custom-tab-bar{display:block}
.mp-pull{display:flex;align-items:center;justify-content:center;gap:8px;height:0;overflow:hidden;transition:height .2s}
.mp-pull i{width:6px;height:6px;border-radius:50%;background:#888}
.mp-pull.is-refreshing i{animation:mp-blink 1s infinite}
.mp-pull.is-refreshing i:nth-child(2){animation-delay:.2s}
.mp-pull.is-refreshing i:nth-child(3){animation-delay:.4s}

.mp-tabs{flex:none;border-top:1px solid rgba(0,0,0,.12);padding-bottom:env(safe-area-inset-bottom);z-index:2}
.mp-tabs>div{display:flex;height:50px}
.mp-tabs button{flex:1;position:relative;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:2px;
border:0;padding:0;background:none;font:inherit;font-size:10px;cursor:pointer}
.mp-tabs img{width:27px;height:27px}
.mp-tabs .is-alone{font-size:15px}
.mp-badge,.mp-dot{position:absolute;top:3px;left:calc(50% + 4px);min-width:16px;padding:0 5px;border-radius:9px;
box-sizing:border-box;background:#fa5151;color:#fff;font-style:normal;line-height:17px}
.mp-dot{top:6px;min-width:10px;height:10px;padding:0}

.mp-cover{position:absolute;inset:0;z-index:100;display:flex;background:rgba(0,0,0,.5)}
.mp-cover.is-clear{background:none}
.mp-cover.is-middle{align-items:center;justify-content:center}
.mp-cover.is-bottom{align-items:flex-end}
.mp-cover.is-full{background:#000}
.mp-sheet{box-sizing:border-box;background:#fff;color:#000;font-size:17px;line-height:1.5;overflow:auto}
.mp-cover.is-middle>.mp-sheet{width:min(320px,86%);max-height:80%;border-radius:12px;text-align:center}
.mp-cover.is-bottom>.mp-sheet{width:100%;max-height:86%;border-radius:12px 12px 0 0;
padding-bottom:env(safe-area-inset-bottom)}
.mp-cover.is-full>.mp-sheet{position:absolute;inset:0;background:none;color:#fff;overflow:hidden}
.mp-sheet h2{margin:0;font-size:17px;font-weight:600}
.mp-sheet button{border:0;background:none;font:inherit;cursor:pointer}
.mp-cover.is-middle h2{padding:32px 24px 0}
.mp-cover.is-middle p{margin:16px 24px 32px;color:rgba(0,0,0,.6);white-space:pre-line;word-break:break-word;
-webkit-user-select:text;user-select:text}
.mp-cover.is-middle .mp-field{margin:16px 24px 32px;width:calc(100% - 48px)}
.mp-buttons{display:flex;border-top:1px solid #e5e5e5}
.mp-buttons button{flex:1;min-height:54px;font-weight:600}
.mp-buttons button+button{border-left:1px solid #e5e5e5}
.mp-cover.is-bottom>.mp-sheet>button{display:block;width:100%;min-height:56px;border-bottom:1px solid #e5e5e5}
.mp-cover.is-bottom>.mp-sheet>.mp-sheet-last{border-top:8px solid #f0f0f0;border-bottom:0;min-height:64px}
.mp-sheet-title{margin:0;padding:16px 24px;text-align:center;font-size:14px;color:rgba(0,0,0,.6)}
.mp-sheet-head{display:flex;align-items:center;justify-content:space-between;min-height:48px;padding:0 4px}
.mp-sheet-head button{min-width:64px;min-height:44px}
.mp-sheet-confirm{color:#067f44}
.mp-field{box-sizing:border-box;width:100%;min-height:44px;margin-top:12px;padding:8px 12px;border:1px solid #ccc;
border-radius:6px;font:inherit;-webkit-user-select:text;user-select:text}
.mp-consent{padding:28px 24px 8px}
.mp-consent p{margin:12px 0 0;color:rgba(0,0,0,.6);font-size:15px}
.mp-line{display:flex;gap:8px;align-items:center;padding-top:12px;word-break:break-all}
.mp-consent-buttons{display:flex;justify-content:center;gap:16px;padding:24px}
.mp-consent-buttons button{min-width:120px;min-height:44px;border-radius:6px;background:#f0f0f0;color:#067f44;font-weight:600}
.mp-consent-buttons .is-main{background:#067f44;color:#fff}
.mp-wheels{display:flex;position:relative;height:220px;overflow:hidden}
.mp-wheels::after{content:'';position:absolute;left:12px;right:12px;top:88px;height:44px;border-radius:8px;
background:rgba(0,0,0,.05);pointer-events:none}
.mp-wheel{flex:1;overflow-y:auto;scroll-snap-type:y mandatory;scrollbar-width:none;text-align:center;padding:88px 0;
box-sizing:border-box}
.mp-wheel>div{height:44px;line-height:44px;scroll-snap-align:center;color:rgba(0,0,0,.55);white-space:nowrap;overflow:hidden;
text-overflow:ellipsis;padding:0 4px;cursor:pointer}
.mp-wheel>[aria-selected=true]{color:#000}
.mp-toast{position:absolute;left:50%;top:42%;transform:translate(-50%,-50%);z-index:200;max-width:min(280px,80%);
box-sizing:border-box;text-align:center;font-size:15px;line-height:1.5;pointer-events:none}
.mp-toast.is-shown{padding:12px 18px;border-radius:8px;background:#4c4c4c;color:#fff}
.mp-toast.has-sign{min-width:120px;padding:20px 16px}
.mp-toast b{display:block;font-size:38px;font-weight:400;line-height:1.2}
.mp-toast img{display:block;width:40px;height:40px;margin:0 auto 8px}
.mp-spinner{display:block;width:36px;height:36px;margin:0 auto 12px;border:3px solid;border-right-color:transparent;
border-radius:50%;box-sizing:border-box;animation:mp-turn 1s linear infinite}
.mp-title-row .mp-spinner{width:16px;height:16px;margin:0;border-width:2px}
.mp-pictures{display:flex;height:100%;overflow-x:auto;scroll-snap-type:x mandatory;scrollbar-width:none}
.mp-pictures img{flex:none;width:100%;height:100%;object-fit:contain;scroll-snap-align:center}
.mp-pictures-count{position:absolute;top:8px;left:0;right:0;text-align:center;margin:0;pointer-events:none}
.mp-sheet .mp-pictures-close{position:absolute;top:0;right:0;width:48px;height:48px;color:#fff;font-size:20px}
@keyframes mp-turn{to{transform:rotate(1turn)}}
@keyframes mp-blink{50%{opacity:.2}}
@media (prefers-reduced-motion:reduce){.mp-spinner,.mp-pull i{animation-duration:3s}}
`
