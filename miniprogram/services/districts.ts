// 沈阳市的十三个区县, as the server knows them (src/districts.ts; a test holds them against each other).

export interface District {
  /** GB/T 2260. */
  code: string
  name: string
}

export const districts: readonly District[] = [
  { code: '210102', name: '和平区' },
  { code: '210103', name: '沈河区' },
  { code: '210104', name: '大东区' },
  { code: '210105', name: '皇姑区' },
  { code: '210106', name: '铁西区' },
  { code: '210111', name: '苏家屯区' },
  { code: '210112', name: '浑南区' },
  { code: '210113', name: '沈北新区' },
  { code: '210114', name: '于洪区' },
  { code: '210115', name: '辽中区' },
  { code: '210123', name: '康平县' },
  { code: '210124', name: '法库县' },
  { code: '210181', name: '新民市' },
]

export const districtName = (code: string | null | undefined): string =>
  districts.find((district) => district.code === code)?.name ?? ''
