using System.Collections.Immutable;
using Orleans.Services;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Owners;

/// <summary>
/// The writer of one silo, as the other silos call it. Ownership is speed and never correctness: a silo may write every row itself.
/// </summary>
[Alias("scoring.IPartitionWriter")]
internal interface IPartitionWriter : IGrainService
{
    /// <summary>Appends rows here, whichever silo owns their partitions by now.</summary>
    [Alias("Append")]
    Task<RoutedOutcome> Append(RoutedRows rows);

    /// <summary>Forgets what this silo's writer remembers of a subject that has left.</summary>
    [Alias("Forget")]
    Task Forget(SubjectId subject);
}

/// <summary>Rows on their way to the owner of their partitions.</summary>
/// <param name="Events">Events.</param>
/// <param name="Queries">Queries.</param>
[GenerateSerializer, Immutable, Alias("scoring.routed-rows")]
internal sealed record RoutedRows(ImmutableArray<RoutedEvent> Events, ImmutableArray<RoutedQuery> Queries)
{
    /// <summary>Prints the type alone, since the members lead to persons.</summary>
    public override string ToString() => nameof(RoutedRows);
}

/// <summary>An event on its way; see <see cref="EventToAppend"/>.</summary>
[GenerateSerializer, Immutable, Alias("scoring.routed-event")]
internal sealed record RoutedEvent(byte[] HandleHash, Guid Key, DateTimeOffset Instant, DateOnly Day, byte[] Body)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RoutedEvent);
}

/// <summary>A query on its way; see <see cref="QueryToAppend"/>.</summary>
[GenerateSerializer, Immutable, Alias("scoring.routed-query")]
internal sealed record RoutedQuery(byte[] GrantHash, Guid Key, DateTimeOffset At, DateOnly Day, byte[] BodyPrefix, byte[] BodySuffix)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RoutedQuery);
}

/// <summary>What came of rows that the owner was given.</summary>
/// <param name="Accepted">Whether all rows are committed; if not, the owner is past its limits.</param>
/// <param name="Turns">The place of each query, in their order; without a subject where its grant leads nowhere.</param>
[GenerateSerializer, Immutable, Alias("scoring.routed-outcome")]
internal sealed record RoutedOutcome(bool Accepted, ImmutableArray<RoutedTurn> Turns)
{
    /// <summary>Prints the type alone, since the members lead to persons.</summary>
    public override string ToString() => nameof(RoutedOutcome);
}

/// <summary>The place of a query's entry; see <see cref="QueryTurn"/>. <paramref name="Turn"/> is 0 when there is none.</summary>
[GenerateSerializer, Immutable, Alias("scoring.routed-turn")]
internal sealed record RoutedTurn(SubjectId Subject, SubjectKind Kind, long Turn, DateOnly Day)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RoutedTurn);
}
