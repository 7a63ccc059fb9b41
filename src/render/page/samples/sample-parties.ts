/** Who the sample documents are of, and for. */

export const issuer = {
  name: 'Harbor Instruments Inc.',
  address: ['4100 Lakeshore Drive', 'Cleveland, OH 44114', 'USA'],
};

export const customer = {
  name: 'Great Lakes Refining Company',
  address: ['Receiving Dock 7', '1800 Refinery Road', 'Toledo, OH 43605', 'USA'],
};

export const harborDock = {
  name: 'Harbor Instruments Inc.',
  address: ['Distribution Center', '4100 Lakeshore Drive', 'Cleveland, OH 44114', 'USA'],
};

export const store = { ...customer, number: '0117', contact: 'Receiving' };
