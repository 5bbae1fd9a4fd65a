const PATHS = {
  send: 'M4 12h14M12.500 6l6 6-6 6',
  phone:
    'M6.200 4h3l1.500 4-2 1.500a11 11 0 0 0 5.800 5.800l1.500-2 4 1.500v3a2 2 0 0 1-2.200 2A15.800 15.800 0 0 1 4.200 6.200 2 2 0 0 1 6.200 4Z',
  text: 'M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-4.500 3.500V16H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z',
  menu: 'M5 7h14M5 12h14M5 17h14',
  close: 'M6 6l12 12M18 6 6 18',
  leave: 'M14 5h4a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-4M4 12h10M10.500 8 14.500 12l-4 4',
  up: 'M7 11v8M7 11l4-7c1.300 0 2.200 1 2 2.300L12.500 10h5a2 2 0 0 1 2 2.300l-.9 5a2 2 0 0 1-2 1.700H7M7 11H4.500v8H7',
  down: 'M17 13V5M17 13l-4 7c-1.300 0-2.200-1-2-2.300l.5-3.700h-5a2 2 0 0 1-2-2.300l.9-5a2 2 0 0 1 2-1.700H17M17 13h2.500V5H17',
  copy: 'M9 9h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM5 15V5a1 1 0 0 1 1-1h9',
  done: 'M5 12.500l4.500 4.500L19 7.500',
  print:
    'M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z',
  mail: 'M5 6h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1ZM4.500 7l7.500 6 7.500-6',
  alert: 'M12 4 21 19.500H3L12 4ZM12 10v4.500M12 17.200v.1',
  person:
    'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20c.8-3.800 3.900-5.500 7.500-5.500s6.700 1.700 7.500 5.500',
  next: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  calendar: 'M5 6h14v14H5zM5 10.500h14M9 3.500V8M15 3.500V8',
  page: 'M7 3.500h7l4 4V20H7zM14 3.500v4h4M10 12h5M10 15.500h5',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it stands for is said in words beside it or in the button's label. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The needle, its point, and the thread. */
export function Emblem() {
  return (
    <svg class="emblem" viewBox="0 0 32 32" aria-hidden="true">
      <path class="emblem-needle" d="M24.500 6.500 12 19" />
      <path
        class="emblem-thread"
        d="M6.500 25c3.200 1.700 6.400 1.400 9.500 0s6.300-1.700 9.500 0"
      />
      <circle class="emblem-point" cx="11.200" cy="19.800" r="2" />
    </svg>
  );
}
