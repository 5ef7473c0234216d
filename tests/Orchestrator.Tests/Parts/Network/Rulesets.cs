namespace LxcNative.Orchestrator.Tests.Parts.Network;

/// <summary>Rulesets in nft's language.</summary>
internal static class Rulesets
{
    /// <summary>A bit of everything that nf_tables has, with gaps in the handles and rules that were inserted out of order.</summary>
    public const string Everything = """
        add table ip gone
        delete table ip gone
        table inet filter {
            comment "the first table"
            counter hits { packets 12 bytes 3456 }
            quota daily { over 100 mbytes used 25 mbytes }
            limit slow { rate 10/second burst 7 packets }
            ct helper ftp-standard { type "ftp" protocol tcp; l3proto ip; }
            set hosts { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/24, 10.0.1.5, 10.0.2.1-10.0.2.9, 255.255.255.0-255.255.255.255 } }
            set named { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 80-90, 192.0.2.1 . 443 } }
            set timed { type ipv4_addr; flags timeout; timeout 1h; elements = { 192.0.2.7 timeout 2h expires 100m, 192.0.2.8 } }
            set learnt { type ipv4_addr; flags dynamic,timeout; size 128; timeout 5m; }
            set tallied { type inet_service; counter; elements = { 80 counter packets 5 bytes 600, 443 counter packets 1 bytes 2 } }
            map ports { type inet_service : ipv4_addr; elements = { 80 : 10.0.0.1, 443 : 10.0.0.2 } }
            map verdicts { type ifname : verdict; elements = { "va" : jump aside, "vc" : drop } }
            map objects { type ipv4_addr : counter; elements = { 192.0.2.99 : "hits" } }
            chain aside { comment "a chain"; counter packets 3 bytes 4 accept; }
            chain input {
                type filter hook input priority filter + 5; policy drop;
                ct state established,related accept
                iifname vmap @verdicts
                ip saddr @hosts counter packets 77 bytes 8888 return
            }
            chain forward { type filter hook forward priority 0; policy accept; tcp dport { 22, 80, 8000-9000 } accept comment "ports"; ip protocol vmap { tcp : jump aside, udp : drop }; }
        }
        table ip nat {
            chain post { type nat hook postrouting priority srcnat; oifname "va" masquerade random; ip saddr 10.0.0.0/8 meta l4proto tcp snat to 192.0.2.1-192.0.2.5:1000-2000 persistent; }
            chain pre { type nat hook prerouting priority dstnat; tcp dport 80 dnat to 10.0.0.1:8080; }
        }
        table ip6 six { flags dormant; chain c { type filter hook output priority 0; ip6 saddr 2001:db8::/32 reject with icmpv6 type port-unreachable; }; }
        table netdev ingress { chain in { type filter hook ingress device va priority 10; ip saddr 10.66.0.0/16 drop; }; }
        table bridge br { chain f { type filter hook forward priority 0; ether saddr 02:00:00:00:00:01 drop; }; }
        table arp a { chain in { type filter hook input priority 0; arp operation request counter; }; }
        add chain inet filter temporary
        add rule inet filter temporary accept
        add rule inet filter aside udp dport 53 limit rate 5/minute burst 9 packets log prefix "dns: " group 3 drop
        add rule inet filter aside quota name "daily" drop
        insert rule inet filter aside meta mark set 0x17 counter name "hits"
        add rule inet filter aside ip saddr 192.0.2.33 add @learnt { ip saddr timeout 1m limit rate 3/second } accept
        add rule inet filter aside counter name ip daddr map { 192.0.2.1 : "hits" }
        add rule inet filter aside fib daddr type local ct mark set numgen inc mod 4 offset 10
        add rule inet filter aside tcp flags & (syn | ack) == syn tcp option maxseg size set 1200 accept
        flush chain inet filter temporary
        delete chain inet filter temporary
        """;
}
