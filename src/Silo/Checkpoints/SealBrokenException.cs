namespace Scoring.Checkpoints;

/// <summary>What stands in the ledger does not fit what was sealed: nothing is sealed on top of it.</summary>
internal sealed class SealBrokenException(string why) : Exception(why);
