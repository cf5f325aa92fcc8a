// Whether something has lasted so long that a person should hear of it. What ends sooner is not worth a flicker.
import { useEffect, useState } from "react";

/** A keyring that is open answers sooner. */
const PATIENCE_MS = 900;

export function useLate(lasting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!lasting) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [lasting]);
  return late && lasting;
}
