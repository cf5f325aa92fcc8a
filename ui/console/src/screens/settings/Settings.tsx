// Settings: what holds for the whole console. Theme and language stay in the side bar, where they are always at hand.
import layout from "../../components/layout.module.css";
import { Failed, Waiting } from "../../components/states";
import { useRead } from "../../ipc/queries";
import { Certificate } from "./Certificate";
import { Exports } from "./Exports";
import { Import } from "./Import";
import { Network } from "./Network";
import { Port } from "./Port";
import { Sessions } from "./Sessions";
import { Watching } from "./Watching";

export function Settings() {
  return (
    <div className={layout.stack}>
      <NetworkCard />
      <Port />
      <Certificate />
      <Watching />
      <Sessions />
      <Exports />
      <Import />
    </div>
  );
}

function NetworkCard() {
  const network = useRead("network_get", {});
  if (network.error) return <Failed error={network.error} onRetry={() => void network.refetch()} />;
  if (!network.data) return <Waiting />;
  const { settings } = network.data;
  return <Network key={`${settings.ca_file} ${settings.proxy}`} view={network.data} />;
}
