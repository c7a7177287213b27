namespace Scoring.Checkpoints;

/// <summary>The stored logs do not match a checkpoint, so no further checkpoint is signed. The message says what does not match.</summary>
internal sealed class SealBrokenException(string why) : Exception(why);
