/** 沈阳市的十三个区县, each with the branch that its requests reach: a contract reads no files, so the list of `seeds/districts.json` is told again. */

export interface District {
  /** GB/T 2260. */
  code: string
  name: string
  unitId: string
}

export const districts: readonly District[] = [
  { code: '210102', name: '和平区', unitId: 'heping' },
  { code: '210103', name: '沈河区', unitId: 'shenhe' },
  { code: '210104', name: '大东区', unitId: 'dadong' },
  { code: '210105', name: '皇姑区', unitId: 'huanggu' },
  { code: '210106', name: '铁西区', unitId: 'tiexi' },
  { code: '210111', name: '苏家屯区', unitId: 'sujiatun' },
  { code: '210112', name: '浑南区', unitId: 'hunnan' },
  { code: '210113', name: '沈北新区', unitId: 'shenbei' },
  { code: '210114', name: '于洪区', unitId: 'yuhong' },
  { code: '210115', name: '辽中区', unitId: 'liaozhong' },
  { code: '210123', name: '康平县', unitId: 'kangping' },
  { code: '210124', name: '法库县', unitId: 'faku' },
  { code: '210181', name: '新民市', unitId: 'xinmin' },
]
