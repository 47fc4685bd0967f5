const FORMAT = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});
// The last digit that is told.
const LEAST = 0.0001;

/** In the currency of the price table, which the server does not name. */
export function sayMoney(price: string | number): string {
  const amount = Number(price);
  return amount > 0 && amount < LEAST ? `less than ${LEAST}` : FORMAT.format(amount);
}
