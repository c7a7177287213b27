using System.Collections.Immutable;
using System.Globalization;
using Scoring.Problems;

namespace Scoring.Intake;

/// <summary>Collects the faults of a request with events. It keeps the first ones up to a limit and counts all.</summary>
/// <param name="inBatch">Whether the request has several events, so that a pointer begins with the event's place.</param>
/// <param name="namedMax">The most faults that the answer lists.</param>
/// <param name="batch">The pointer of the array of events; empty when it is the body itself.</param>
internal sealed class FaultList(bool inBatch, int namedMax, string batch = "")
{
    /// <summary>The detail of a member that is required and absent.</summary>
    public const string Missing = "It is missing.";

    /// <summary>The detail of a member that occurs more than once.</summary>
    public const string Duplicate = "This member occurs more than once.";

    /// <summary>The detail of a member of the data that the event type does not define.</summary>
    public const string NoSuchAttribute = "The event type has no such attribute.";

    /// <summary>The detail of a programme that does not exist or does not accept the event.</summary>
    public const string ProgrammeUnknown = "No programme with this name is published, or it does not accept this type of event.";

    private const int NameCharsMax = 40;

    private ImmutableArray<Fault>.Builder? _named;

    /// <summary>How many faults there are.</summary>
    public int Total { get; private set; }

    /// <summary>The faults that the answer lists.</summary>
    public ImmutableArray<Fault> Named => _named?.ToImmutable() ?? [];

    /// <summary>Adds a fault of one event.</summary>
    /// <param name="index">The event's place in the batch, from 0.</param>
    /// <param name="pointer">A JSON pointer into the event; empty for the event itself.</param>
    /// <param name="detail">What is wrong, without the value that was sent.</param>
    public void Add(int index, string pointer, string detail)
    {
        if (Total++ >= namedMax) return;
        var place = inBatch ? string.Create(CultureInfo.InvariantCulture, $"{batch}/{index}{pointer}") : pointer;
        (_named ??= ImmutableArray.CreateBuilder<Fault>()).Add(new Fault(index, place, detail));
    }

    /// <summary>Adds a fault of the body as a whole.</summary>
    public void AddWhole(string detail)
    {
        if (Total++ < namedMax) (_named ??= ImmutableArray.CreateBuilder<Fault>()).Add(new Fault(null, "", detail));
    }

    /// <summary>
    /// The pointer of a member with a name that the sender chose. When the name is not a plain word, it is the pointer of the member's
    /// object, so that an answer never repeats arbitrary text.
    /// </summary>
    public static string Member(string parent, ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > NameCharsMax) return parent;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')) return parent;
        return $"{parent}/{name}";
    }
}
