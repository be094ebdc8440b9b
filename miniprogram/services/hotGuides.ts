// The matters that most firms come for, in everyday words, to open without a search and without a network.

export interface HotGuide {
  code: string
  title: string
  hint: string
}

/**
 * Chosen, not counted: what a firm needs from its beginning on. 开厂 leads to all the others; then what is approved most
 * (报告表 before 报告书: under the catalogue of 2021 there are far more of them), permits to discharge, waste, emergencies.
 */
export const hotGuides: HotGuide[] = [
  { code: 'ZH-01', title: '开厂要办什么', hint: '环保手续清单' },
  { code: 'HP-02', title: '环评报告表', hint: '影响较轻的项目' },
  { code: 'HP-01', title: '环评报告书', hint: '影响较大的项目' },
  { code: 'HP-04', title: '环评登记表', hint: '影响很小，网上备案' },
  { code: 'PW-02', title: '排污许可证', hint: '新办、重新办' },
  { code: 'PW-05', title: '排污登记', hint: '排得少，网上登记' },
  { code: 'WF-06', title: '危废管理计划', hint: '产生危废的都要备' },
  { code: 'YJ-01', title: '应急预案', hint: '备案' },
]
