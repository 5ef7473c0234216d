using System.Diagnostics;
using System.Text;
using LxcNative.Native.Xtables;
using LxcNative.Native.Xtables.Uapi;

namespace LxcNative.Native.Tests.Xtables;

/// <summary>The C compiler checks our numbers against the kernel's headers.</summary>
public sealed unsafe class XtablesLayoutTests
{
    [Fact]
    public void TheCompilerOfTheKernelsLanguageAgrees()
    {
        var source = new StringBuilder("""
            #include <stddef.h>
            #include <netinet/in.h>
            #include <linux/netfilter_ipv4/ip_tables.h>
            #include <linux/netfilter_ipv6/ip6_tables.h>
            #include <linux/netfilter/xt_mark.h>

            """);
        void Check(string expression, long value) =>
            source.AppendLine($"_Static_assert(({expression}) == {value}, \"{expression.Replace("\"", "\\\"", StringComparison.Ordinal)}\");");
        Check("sizeof(struct ipt_getinfo)", sizeof(ipt_getinfo));
        Check("sizeof(struct ip6t_getinfo)", sizeof(ipt_getinfo));
        Check("offsetof(struct ipt_getinfo, valid_hooks)", Offset((ipt_getinfo* s) => &s->valid_hooks));
        Check("offsetof(struct ipt_getinfo, hook_entry)", Offset((ipt_getinfo* s) => &s->hook_entry));
        Check("offsetof(struct ipt_getinfo, underflow)", Offset((ipt_getinfo* s) => &s->underflow));
        Check("offsetof(struct ipt_getinfo, num_entries)", Offset((ipt_getinfo* s) => &s->num_entries));
        Check("offsetof(struct ipt_getinfo, size)", Offset((ipt_getinfo* s) => &s->size));
        Check("sizeof(struct ipt_get_entries)", sizeof(ipt_get_entries));
        Check("offsetof(struct ipt_get_entries, size)", Offset((ipt_get_entries* s) => &s->size));
        Check("offsetof(struct ip6t_get_entries, entrytable)", sizeof(ipt_get_entries));
        Check("sizeof(struct ipt_replace)", sizeof(ipt_replace));
        Check("offsetof(struct ip6t_replace, entries)", sizeof(ipt_replace));
        Check("offsetof(struct ipt_replace, size)", Offset((ipt_replace* s) => &s->size));
        Check("offsetof(struct ipt_replace, hook_entry)", Offset((ipt_replace* s) => &s->hook_entry));
        Check("offsetof(struct ipt_replace, underflow)", Offset((ipt_replace* s) => &s->underflow));
        Check("offsetof(struct ipt_replace, num_counters)", Offset((ipt_replace* s) => &s->num_counters));
        Check("offsetof(struct ipt_replace, counters)", Offset((ipt_replace* s) => &s->counters));
        Check("sizeof(struct xt_counters)", sizeof(xt_counters));
        Check("offsetof(struct xt_counters_info, counters)", sizeof(xt_counters_info));
        Check("sizeof(struct xt_mark_mtinfo1)", sizeof(xt_mark_mtinfo1));
        Check("offsetof(struct xt_mark_mtinfo1, invert)", Offset((xt_mark_mtinfo1* s) => &s->invert));
        Check("XT_TABLE_MAXNAMELEN", XT.TABLE_MAXNAMELEN);
        Check("XT_EXTENSION_MAXNAMELEN", XT.EXTENSION_MAXNAMELEN);
        Check("XT_FUNCTION_MAXNAMELEN", XT.FUNCTION_MAXNAMELEN);
        Check("NF_INET_NUMHOOKS", XT.NF_INET_NUMHOOKS);
        foreach (var prefix in new[] { "IPT", "IP6T" })
        {
            Check(prefix + "_SO_SET_REPLACE", XT.SO_SET_REPLACE);
            Check(prefix + "_SO_SET_ADD_COUNTERS", XT.SO_SET_ADD_COUNTERS);
            Check(prefix + "_SO_GET_INFO", XT.SO_GET_INFO);
            Check(prefix + "_SO_GET_ENTRIES", XT.SO_GET_ENTRIES);
        }

        foreach ((var entry, var family) in new[] { ("struct ipt_entry", XtablesFamily.IPv4), ("struct ip6t_entry", XtablesFamily.IPv6) })
        {
            var layout = EntryLayout.Of(family);
            Check($"sizeof({entry})", layout.HeaderSize);
            Check($"offsetof({entry}, target_offset)", layout.TargetOffset);
            Check($"offsetof({entry}, next_offset)", layout.NextOffset);
            Check($"offsetof({entry}, comefrom)", layout.ComeFrom);
            Check($"offsetof({entry}, counters)", layout.Counters);
        }

        Check("sizeof(struct xt_entry_match)", EntryLayout.ExtensionHeaderSize);
        Check("sizeof(struct xt_entry_target)", EntryLayout.ExtensionHeaderSize);
        Check("offsetof(struct xt_entry_match, u.user.name)", EntryLayout.ExtensionName);
        Check("offsetof(struct xt_entry_match, u.user.revision)", EntryLayout.ExtensionRevision);
        Check("sizeof(struct xt_standard_target)", EntryLayout.StandardTargetSize);
        Check("offsetof(struct xt_standard_target, verdict)", EntryLayout.StandardVerdict);
        Compile(source.ToString());
    }

    private delegate void* Field<T>(T* structure)
        where T : unmanaged;

    private static long Offset<T>(Field<T> field)
        where T : unmanaged
    {
        T value = default;
        return (byte*)field(&value) - (byte*)&value;
    }

    private static void Compile(string source)
    {
        if (!File.Exists("/usr/bin/gcc"))
            Assert.Skip("gcc is not installed");
        var start = new ProcessStartInfo("gcc", "-x c -fsyntax-only -") { RedirectStandardInput = true, RedirectStandardError = true };
        using var gcc = Process.Start(start)!;
        gcc.StandardInput.Write(source);
        gcc.StandardInput.Close();
        var error = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        Assert.True(gcc.ExitCode == 0, error);
    }
}
