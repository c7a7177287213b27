using Scoring.Hosting;
using Scoring.Keys;

namespace Scoring.Linking;

/// <summary>The handles of the things on the linking pages, so that a made-up source can send events about them.</summary>
public static class MadeUpThings
{
    /// <summary>Returns the handle of each thing in a programme.</summary>
    public static IEnumerable<MadeUpThing> Of(IssuerSetup setup, string programme) =>
        from source in setup.Sources
        from thing in LinkableThing.Of(source)
        select new MadeUpThing(thing.Id, programme, source.Id, Handle(setup.Names, source.Id, programme, thing.Id));

    /// <summary>Returns a thing's handle. It does not change, and each programme has another one.</summary>
    internal static string Handle(DerivationKey names, string source, string programme, string thing) =>
        names.Derive("handle", source, programme, thing);
}

/// <summary>A made-up thing as one source knows it in one programme.</summary>
/// <param name="Id">Its name at the source: its kind, a hyphen and a number, for example <c>car-1</c>.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Source">The source's id.</param>
/// <param name="Handle">Its handle.</param>
public sealed record MadeUpThing(string Id, string Programme, string Source, string Handle);
