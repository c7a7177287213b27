using System.Collections.Immutable;
using System.Globalization;
using Scoring.Problems;

namespace Scoring.Intake;

/// <summary>Gathers what is wrong with a request of events: names so many, counts all.</summary>
internal sealed class FaultList(bool inBatch, int namedMax)
{
    private const int NameCharsMax = 40;

    private readonly ImmutableArray<Fault>.Builder named = ImmutableArray.CreateBuilder<Fault>();

    /// <summary>How many there are.</summary>
    public int Total { get; private set; }

    /// <summary>The named ones.</summary>
    public ImmutableArray<Fault> Named => named.ToImmutable();

    /// <summary>Adds one.</summary>
    /// <param name="index">The event's place.</param>
    /// <param name="pointer">Where in the event; empty for the event itself.</param>
    /// <param name="detail">What is wrong, without the value.</param>
    public void Add(int index, string pointer, string detail)
    {
        if (Total++ < namedMax)
            named.Add(new Fault(index, inBatch ? string.Create(CultureInfo.InvariantCulture, $"/{index}{pointer}") : pointer, detail));
    }

    /// <summary>Adds one that concerns no event in particular.</summary>
    public void AddWhole(string detail)
    {
        if (Total++ < namedMax) named.Add(new Fault(null, "", detail));
    }

    /// <summary>The pointer of a member that the sender named; when that is not a plain word, of the object that holds it.</summary>
    public static string Member(string parent, ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > NameCharsMax) return parent;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')) return parent;
        return $"{parent}/{name}";
    }
}
