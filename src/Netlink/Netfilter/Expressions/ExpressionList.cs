using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>The expressions of a rule: <c>EXPRESSIONS > LIST_ELEM > (NAME, DATA > ...)</c>.</summary>
internal static class ExpressionList
{
    public static List<Expression> Parse(Attribute<BigEndian> list)
    {
        List<Expression> expressions = [];
        foreach (var element in list.AsNest())
        {
            if ((NFTA_LIST)element.Type != NFTA_LIST.NFTA_LIST_ELEM)
                throw new NetlinkProtocolException($"NFTA_RULE_EXPRESSIONS: attribute {element.Type} is not an element");
            expressions.Add(ParseElement(element.AsNest()));
        }

        return expressions;
    }

    public static void Write<TType>(AttributeWriter<BigEndian> writer, TType type, IReadOnlyList<Expression> expressions)
        where TType : unmanaged
    {
        using (writer.Nest(type))
        {
            foreach (var expression in expressions)
            {
                using (writer.Nest(NFTA_LIST.NFTA_LIST_ELEM))
                {
                    writer.Write(NFTA_EXPR.NFTA_EXPR_NAME, expression.Name);
                    using (writer.Nest(NFTA_EXPR.NFTA_EXPR_DATA))
                        expression.WriteData(writer);
                }
            }
        }
    }

    private static Expression ParseElement(AttributeReader<BigEndian> element)
    {
        if (!element.TryFind((ushort)NFTA_EXPR.NFTA_EXPR_NAME, out var name))
            throw new NetlinkProtocolException("an expression without name");
        var kind = name.AsString();
        element.TryFind((ushort)NFTA_EXPR.NFTA_EXPR_DATA, out var data);
        var known = Known(kind, data);
        return known is not null && IsLossless(known, data.Value) ? known : Unknown(kind, data);
    }

    private static Expression? Known(string kind, Attribute<BigEndian> data)
    {
        try
        {
            return kind switch
            {
                MetaExpression.Kind => MetaExpression.Parse(data.AsNest()),
                CompareExpression.Kind => CompareExpression.Parse(data.AsNest()),
                ImmediateExpression.Kind => ImmediateExpression.Parse(data.AsNest()),
                CounterExpression.Kind => CounterExpression.Parse(data.AsNest()),
                PayloadExpression.Kind => PayloadExpression.Parse(data.AsNest()),
                LookupExpression.Kind => LookupExpression.Parse(data.AsNest()),
                BitwiseExpression.Kind => BitwiseExpression.Parse(data.AsNest()),
                ConnectionExpression.Kind => ConnectionExpression.Parse(data.AsNest()),
                LimitExpression.Kind => LimitExpression.Parse(data.AsNest()),
                _ => null,
            };
        }
        catch (NetlinkProtocolException)
        {
            // Another length than this library knows: a newer kernel's form, kept as bytes.
            return null;
        }
    }

    /// <summary>An expression is only shown as a known one when writing it gives the very bytes that were read: otherwise something in it is
    /// new, and would be lost.</summary>
    private static bool IsLossless(Expression expression, ReadOnlySpan<byte> data)
    {
        var buffer = new MessageBuffer(128);
        expression.WriteData(buffer.AttributesIn<BigEndian>());
        var written = new AttributeReader<BigEndian>(buffer.Written);
        var read = new AttributeReader<BigEndian>(data);
        while (read.MoveNext())
        {
            if (read.Current.Type == 0 || IsPadding(expression, read.Current))
                continue;
            if (!written.MoveNext() || written.Current.Type != read.Current.Type || !SameValue(written.Current, read.Current))
                return false;
        }

        return !written.MoveNext();
    }

    // A nest may be flagged as one or not, at every level; what counts is what is in it.
    private static bool SameValue(Attribute<BigEndian> a, Attribute<BigEndian> b)
    {
        if (a.Value.SequenceEqual(b.Value))
            return true;
        if (!a.IsNested)
            return false;
        AttributeReader<BigEndian> left = a.AsNest(), right = b.AsNest();
        while (left.MoveNext())
        {
            if (!right.MoveNext() || left.Current.Type != right.Current.Type || !SameValue(left.Current, right.Current))
                return false;
        }

        return !right.MoveNext();
    }

    private static bool IsPadding(Expression expression, Attribute<BigEndian> attribute) => expression switch
    {
        CounterExpression => (NFTA_COUNTER)attribute.Type == NFTA_COUNTER.NFTA_COUNTER_PAD,
        LimitExpression => (NFTA_LIMIT)attribute.Type == NFTA_LIMIT.NFTA_LIMIT_PAD,
        _ => false,
    };

    private static UnknownExpression Unknown(string kind, Attribute<BigEndian> data)
    {
        List<OwnedAttribute> attributes = [];
        foreach (var attribute in data.AsNest())
            attributes.Add(attribute.ToOwned());
        return new UnknownExpression(kind, attributes);
    }
}
