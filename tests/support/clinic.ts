import type { Clinic } from '../../knowledge/clinic.ts';

/** A clinic that has filled in nothing. */
export const EMPTY_CLINIC: Clinic = {
  name: null,
  phone: null,
  afterHours: null,
  booking: null,
  address: null,
  hours: null,
  prices: null,
  insurance: null,
  parking: null,
  withhold: [],
  colour: null,
  logo: null,
  greeting: null,
  language: null,
};

export const FULL_CLINIC: Clinic = {
  name: 'Elm Street Physio',
  phone: '+1 555 010 0199',
  afterHours: '+1 555 010 0142',
  booking: 'https://clinic.example/book',
  address: '12 Elm Street, second floor.',
  hours: 'Monday to Friday 8 to 6.',
  prices: 'A first visit is $120.',
  insurance: 'We bill most plans; ask us about yours.',
  parking: 'Free parking behind the house.',
  withhold: [],
  colour: null,
  logo: null,
  greeting: null,
  language: null,
};
