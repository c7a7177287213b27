namespace Scoring.Administration;

/// <summary>
/// Positions and numbers of entries as the public record shows them: in steps of 256, as the sizes in checkpoints. Partition 0 holds
/// subjects too, so exact positions of public acts would show how many entries about people are between two of them. With exact numbers a
/// reader could also subtract the shown counts of a month's statistics and get the hidden ones.
/// </summary>
public static class PublicPositions
{
    private const int Step = 256;

    /// <summary>The greatest multiple of 256 that is not above the number.</summary>
    public static long RoundDown(long number) => number - (number % Step);
}
